import assert from 'node:assert/strict'
import { absorbAll } from '../../../../src/infill/ranges/absorbing.ts'
import { draw, marked } from '../../../support/marked.ts'
import { random } from '../../../support/random.ts'

/** Replaces `old` in the drawing, and draws the range again. */
function after(drawing: string, old: string, next: string): string {
  const { text, start, end } = marked(drawing)
  const at = text.indexOf(old)
  assert.ok(at !== -1 && !text.includes('\n'))
  const position = (character: number) => ({ line: 0, character })
  const change = { range: { start: position(at), end: position(at + old.length) }, text: next }
  const range = absorbAll({ start, end }, [change])
  return draw(text.slice(0, at) + next + text.slice(at + old.length), range)
}

suite('a range whose text is edited', () => {
  const cases: [what: string, before: string, old: string, next: string, after: string][] = [
    ['an edit before it moves it', 'ab[cd]ef', 'a', 'xyz', 'xyzb[cd]ef'],
    ['an edit after it does nothing', 'ab[cd]ef', 'f', 'xyz', 'ab[cd]exyz'],
    ['an edit within it belongs to it', 'a[bcd]e', 'c', 'xyz', 'a[bxyzd]e'],
    ['a deletion of its end', 'a[bcd]e', 'd', '', 'a[bc]e'],
    ['a deletion of its start', 'a[bcd]e', 'b', '', 'a[cd]e'],
    ['a deletion beyond its end', 'a[bcd]ef', 'cde', '', 'a[b]f'],
    ['a deletion beyond its start', 'ab[cde]f', 'bc', '', 'a[de]f'],
    ['a deletion of all', 'a[bcd]e', 'bcd', '', 'a|e'],
    ['a deletion of more than all', 'ab[cd]ef', 'bcde', '', 'a|f'],
    ['a replacement of all', 'a[bcd]e', 'bcd', 'xy', 'a[xy]e'],
    ['a text that ends where it begins', 'ab[cd]e', 'b', 'xy', 'axy[cd]e'],
    ['a text that begins where it ends', 'a[bc]de', 'd', 'xy', 'a[bc]xye'],
  ]
  for (const [what, before, old, next, expected] of cases) {
    test(what, () => assert.equal(after(before, old, next), expected))
  }

  test('is restored by a redo', () => {
    const { start } = marked('a|b')
    const change = { range: { start, end: start }, text: 'xyz' }
    const range = absorbAll({ start, end: start }, [change])
    assert.deepEqual(range, { start, end: { line: 0, character: 4 } })
  })

  test('stays within the text, whatever is edited', () => {
    const numbers = random(11)
    for (let round = 0; round < 2000; round++) {
      const length = 12
      const [from, to] = [numbers.below(length), numbers.below(length)].toSorted((a, b) => a - b)
      const [a, b] = [numbers.below(length), numbers.below(length)].toSorted((x, y) => x - y)
      const text = 'x'.repeat(numbers.below(5))
      const at = (character = 0) => ({ line: 0, character })
      const change = { range: { start: at(a), end: at(b) }, text }
      const { start, end } = absorbAll({ start: at(from), end: at(to) }, [change])
      const lengthAfter = length - (b! - a!) + text.length
      assert.ok(
        0 <= start.character && start.character <= end.character && end.character <= lengthAfter,
      )
    }
  })
})
