import assert from 'node:assert/strict'
import { indentation, type Indenting } from '../../../../src/infill/filters/indentation.ts'

const TABS = { insertSpaces: false, tabSize: 4 }
const SPACES = { insertSpaces: true, tabSize: 4 }

/** The same, however the text is split. */
function indented(text: string, options: Indenting): string {
  const pass = (chunks: readonly string[]): string => {
    const filter = indentation(options)
    return chunks.map((chunk) => filter.take(chunk)).join('') + filter.rest()
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

  test('the model’s own unit counts, as its first line shows it', () => {
    assert.equal(indented('{\n  a\n    b\n  c', { ...TABS, linePrefix: 'x' }), '{\n\ta\n\t\tb\n\tc')
  })

  test('what aligns stays', () => {
    assert.equal(indented('/**\n * a\n */', { ...TABS, linePrefix: '' }), '/**\n * a\n */')
    assert.equal(indented('\n\t/**\n\t * a', { ...TABS, linePrefix: 'x' }), '\n\t/**\n\t * a')
  })

  test('what is not known changes nothing', () => {
    assert.equal(indented('\n\ta\n    b', { linePrefix: 'x' }), '\n\ta\n    b')
  })

  test('the first line is not indented twice', () => {
    assert.equal(indented('    a\n    b', { ...SPACES, linePrefix: '    ' }), 'a\n    b')
    assert.equal(indented('\ta', { ...SPACES, linePrefix: '    ' }), 'a')
    assert.equal(indented('    a', { ...TABS, linePrefix: '\t' }), 'a')
    assert.equal(indented('    a', { ...TABS, linePrefix: '    ' }), 'a')
  })

  test('exactly what is doubled goes', () => {
    assert.equal(indented('      a', { insertSpaces: true, tabSize: 2, linePrefix: '    ' }), '  a')
    assert.equal(indented('  a', { ...SPACES, linePrefix: '    ' }), '  a')
    assert.equal(indented('    a', { ...SPACES, linePrefix: '' }), '    a')
    assert.equal(indented('    a', { ...SPACES, linePrefix: '    return' }), '    a')
  })

  test('white space at the end is not lost', () => {
    assert.equal(indented('a\n\t', { ...SPACES, linePrefix: '' }), 'a\n    ')
  })
})
