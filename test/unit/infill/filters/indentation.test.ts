import assert from 'node:assert/strict'
import { indentation, type Indenting } from '../../../../src/infill/filters/indentation.ts'
import { textFilter } from './support.ts'

const TABS = { insertSpaces: false, tabSize: 4 }
const SPACES = { insertSpaces: true, tabSize: 4 }

/** Checks that the result does not depend on how the text is split. */
function indented(text: string, options: Indenting): string {
  const pass = (chunks: readonly string[]): string => {
    const filter = textFilter(indentation(options))
    return chunks.map((chunk) => filter.push(chunk)).join('') + filter.flush()
  }
  const all = pass([text])
  for (let at = 0; at <= text.length; at++) {
    assert.equal(pass([text.slice(0, at), text.slice(at)]), all)
  }
  return all
}

suite('indentation', () => {
  test('tabs become spaces in a document with spaces', () => {
    assert.equal(
      indented('if\n\ta\n\t\tb\tc', { ...SPACES, linePrefix: 'x' }),
      'if\n    a\n        b\tc',
    )
    assert.equal(indented('\n  \ta', { ...SPACES, linePrefix: 'x' }), '\n    a')
  })

  test('spaces become tabs in a document with tabs', () => {
    assert.equal(
      indented('if\n    a\n        b  c', { ...TABS, linePrefix: 'x' }),
      'if\n\ta\n\t\tb  c',
    )
  })

  test('the model’s indentation unit is taken from its first indented line', () => {
    assert.equal(indented('{\n  a\n    b\n  c', { ...TABS, linePrefix: 'x' }), '{\n\ta\n\t\tb\n\tc')
  })

  test('a single space of alignment stays', () => {
    assert.equal(indented('/**\n * a\n */', { ...TABS, linePrefix: '' }), '/**\n * a\n */')
    assert.equal(indented('\n\t/**\n\t * a', { ...TABS, linePrefix: 'x' }), '\n\t/**\n\t * a')
  })

  test('unknown indentation changes nothing', () => {
    assert.equal(indented('\n\ta\n    b', { linePrefix: 'x' }), '\n\ta\n    b')
  })

  test('the first line is not indented twice', () => {
    assert.equal(indented('    a\n    b', { ...SPACES, linePrefix: '    ' }), 'a\n    b')
    assert.equal(indented('\ta', { ...SPACES, linePrefix: '    ' }), 'a')
    assert.equal(indented('    a', { ...TABS, linePrefix: '\t' }), 'a')
    assert.equal(indented('    a', { ...TABS, linePrefix: '    ' }), 'a')
  })

  test('only the indentation before the cursor is removed', () => {
    assert.equal(indented('      a', { insertSpaces: true, tabSize: 2, linePrefix: '    ' }), '  a')
    assert.equal(indented('  a', { ...SPACES, linePrefix: '    ' }), '  a')
    assert.equal(indented('    a', { ...SPACES, linePrefix: '' }), '    a')
    assert.equal(indented('    a', { ...SPACES, linePrefix: '    return' }), '    a')
  })

  test('white space at the end is kept', () => {
    assert.equal(indented('a\n\t', { ...SPACES, linePrefix: '' }), 'a\n    ')
  })

  suite('white space that is content', () => {
    const spaced = 'def f():\n    return 1\n'
    const cases: readonly [name: string, text: string, options: Partial<Indenting>][] = [
      [
        'a recipe in Markdown',
        '\tcc -o a a.c',
        { before: `${spaced}all: a\n`, language: 'markdown' },
      ],
      [
        'a recipe in a makefile',
        '\tcc',
        { before: 'ifdef A\n  B = 1\nendif\n', language: 'makefile' },
      ],
      ['a table in plain text', 'a\tb\n\tc', { before: spaced, language: 'plaintext' }],
      ['a template string', 'x = `\n\ta\n`', { before: spaced }],
      ['a string that is open', '\ta\n', { before: `${spaced}x = \`\n` }],
      ['a here-document', 'cat <<-EOF\n\ta\nEOF\n', { before: `if a\n  b\n` }],
      ['a document with both', '\ta', { before: `${spaced}\tb\n` }],
    ]
    for (const [name, text, options] of cases) {
      test(`stays: ${name}`, () => {
        assert.equal(indented(text, { ...SPACES, linePrefix: '', ...options }), text)
      })
    }

    test('ends with the string', () => {
      const text = '`\n\ta\n`\n\tb'
      const options = { ...SPACES, linePrefix: 'x = ', before: `${spaced}x = ` }
      assert.equal(indented(text, options), '`\n\ta\n`\n    b')
    })

    test('spaces stay in a document that has spaces only', () => {
      assert.equal(indented('    a', { ...TABS, linePrefix: '', before: spaced }), '    a')
    })
  })
})
