import assert from 'node:assert/strict'
import type { Lines } from '../../../../src/infill/context/contextWindow.ts'
import { isSameAround } from '../../../../src/infill/ranges/sameAround.ts'

/** A text that counts how many of its lines are read */
function counted(lineCount: number, change: Record<number, string> = {}) {
  let reads = 0
  const lines: Lines = {
    lineCount,
    lineAt(line) {
      reads++
      return change[line] ?? `line ${line}`
    },
  }
  return { lines, reads: () => reads }
}

const range = { start: { line: 500_000, character: 1 }, end: { line: 500_001, character: 2 } }

suite('two texts around ranges', () => {
  test('are the same when the lines at the ranges are, and few lines are read', () => {
    const [a, b] = [counted(1_000_000), counted(1_000_000)]
    assert.equal(isSameAround(a.lines, b.lines, [range]), true)
    assert.ok(a.reads() <= 10 && b.reads() <= 10, `${a.reads()} lines`)
  })

  test('differ with the number of lines, or with a line near a range', () => {
    const a = counted(1_000_000).lines
    assert.equal(isSameAround(a, counted(999_999).lines, [range]), false)
    assert.equal(isSameAround(a, counted(1_000_000, { 500_002: 'x' }).lines, [range]), false)
  })

  test('are read within their bounds only', () => {
    const start = { line: 0, character: 0 }
    const lines: Lines = {
      lineCount: 1,
      lineAt(line) {
        assert.equal(line, 0)
        return ''
      },
    }
    assert.equal(isSameAround(lines, lines, [{ start, end: start }]), true)
  })
})
