import assert from 'node:assert/strict'
import { joinNotebookCells, type Cell } from '../../../../src/infill/context/notebookText.ts'
import type { Lines } from '../../../../src/infill/context/contextWindow.ts'

const code = (text: string, language = 'python'): Cell => ({
  lines: linesOf(text),
  language,
  isCode: true,
})
const markup = (text: string): Cell => ({
  lines: linesOf(text),
  language: 'markdown',
  isCode: false,
})

function linesOf(text: string): Lines {
  const lines = text.split('\n')
  return { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' }
}

/** The joined lines, and the number of the line that the cell begins with */
function joined(...args: Parameters<typeof joinNotebookCells>): [string[], number] {
  const { lines, firstLine } = joinNotebookCells(...args)
  return [Array.from({ length: lines.lineCount }, (_, line) => lines.lineAt(line)), firstLine]
}

suite('notebook text', () => {
  test('a single cell is unchanged', () => {
    assert.deepEqual(joined([], code('a = 1\nb'), []), [['a = 1', 'b'], 0])
  })

  test('cells of the same language are separated by an empty line', () => {
    assert.deepEqual(joined([code('a\nb'), code('c')], code('d'), [code('e'), code('')]), [
      ['a', 'b', '', 'c', '', 'd', '', 'e', '', ''],
      5,
    ])
  })

  test('for a code cell, Markdown and other languages are comments', () => {
    const before = [markup('# Title\n\nText'), code('SELECT 1', 'sql')]
    assert.deepEqual(joined(before, code('x'), [markup('end')]), [
      ['# # Title', '#', '# Text', '', '# SELECT 1', '', 'x', '', '# end'],
      6,
    ])
    assert.deepEqual(joined([markup('Text')], code('x', 'typescript'), [])[0], ['// Text', '', 'x'])
  })

  test('for a Markdown cell, code is fenced', () => {
    assert.deepEqual(joined([code('a\nb')], markup('Text'), [markup('More'), code('c', 'r')]), [
      ['```python', 'a', 'b', '```', '', 'Text', '', 'More', '', '```r', 'c', '```'],
      5,
    ])
  })

  test('only requested lines are read', () => {
    let read = 0
    const long: Cell = {
      ...code(''),
      lines: { lineCount: 1_000_000, lineAt: (line) => `${(read++, line)}` },
    }
    const { lines, firstLine } = joinNotebookCells([long, markup('Text')], code('x'), [long])
    assert.equal(firstLine, 1_000_003)
    assert.equal(lines.lineAt(999_999), '999999')
    assert.equal(lines.lineAt(1_000_005), '0')
    assert.equal(read, 2)
  })
})
