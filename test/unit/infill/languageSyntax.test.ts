import assert from 'node:assert/strict'
import { ANY_LANGUAGE } from '../../../src/infill/filters/scanner.ts'
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
    })
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
