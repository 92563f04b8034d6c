import assert from 'node:assert/strict'
import { ANY_LANGUAGE } from '../../../src/infill/filters/syntax.ts'
import { syntaxOf } from '../../../src/infill/languageSyntax.ts'

suite('language syntax', () => {
  test('reads comments, brackets and quotes in either form', () => {
    const configuration = {
      comments: { lineComment: '//', blockComment: ['/*', '*/'] },
      brackets: [
        ['{', '}'],
        ['<', '>'],
        ['${', '}'],
      ],
      autoClosingPairs: [['(', ')'], { open: '"', close: '"' }, { open: "r'", close: "'" }],
    }
    assert.deepEqual(syntaxOf(configuration, 'x'), {
      brackets: { '{': '}', '(': ')' },
      quotes: '"',
      multilineQuotes: '`',
      comments: [
        ['/*', '*/'],
        ['//', '\n'],
      ],
      hasRegExps: true,
      hasCasePatterns: false,
      blocks: [{ begins: /^\s*#\s*if/, ends: /^\s*#\s*endif\b/ }],
    })
  })

  test('reads the lines that begin and end blocks: of indentation, and of folding', () => {
    const { blocks } = syntaxOf(
      {
        indentationRules: {
          increaseIndentPattern: { pattern: '^\\s*if\\b', flags: 'i' },
          decreaseIndentPattern: { pattern: '^\\s*end if\\b|^\\s*[})]', flags: 'i' },
        },
        folding: { markers: { start: '^#region', end: '^#endregion' } },
      },
      'vb',
    )
    const [words, regions] = blocks
    assert.equal(blocks.length, 2)
    assert.ok(words?.begins.test('  If a Then') && words.ends.test('  End If'))
    assert.equal(words?.begins.test('if (a) {') || words?.ends.test('}'), false)
    assert.ok(regions?.begins.test('#region a') && regions.ends.test('#endregion'))
  })

  test('rules of brackets are not rules of blocks, and malformed patterns are none', () => {
    for (const [increaseIndentPattern, decreaseIndentPattern] of [
      ['^.*\\{$', '^\\s*\\}'],
      ['(', 'end'],
      [1, null],
    ]) {
      const rules = { indentationRules: { increaseIndentPattern, decreaseIndentPattern } }
      assert.deepEqual(syntaxOf(rules, 'x').blocks, [])
    }
  })

  test('reads a line comment in the form of an object', () => {
    const { comments } = syntaxOf({ comments: { lineComment: { comment: '#' } } }, 'x')
    assert.deepEqual(comments, [['#', '\n']])
  })

  test('a language without auto-closing quotes has no quotes', () => {
    assert.equal(syntaxOf({ autoClosingPairs: [['(', ')']] }, 'markdown').quotes, '')
  })

  test('triple quotes as comments are of both kinds', () => {
    const { comments } = syntaxOf({ comments: { blockComment: ['"""', '"""'] } }, 'python')
    assert.deepEqual(comments, [
      ['"""', '"""'],
      ["'''", "'''"],
    ])
  })

  for (const malformed of [
    null,
    1,
    'x',
    [],
    {},
    { comments: 1, brackets: 'x' },
    { brackets: [1] },
  ]) {
    test(`${JSON.stringify(malformed)} has the default brackets and quotes`, () => {
      const { brackets, quotes, comments } = syntaxOf(malformed, 'x')
      assert.deepEqual(
        [brackets, quotes, comments],
        [ANY_LANGUAGE.brackets, ANY_LANGUAGE.quotes, []],
      )
    })
  }
})
