import assert from 'node:assert/strict'
import { isWithin, rangeAfter, shrunk } from '../../../../src/infill/ranges/ownChanges.ts'
import type { Change, Range } from '../../../../src/infill/ranges/position.ts'
import { random } from '../../../support/random.ts'

const at = (character: number, line = 0) => ({ line, character })
const range = (start: number, end: number): Range => ({ start: at(start), end: at(end) })

suite('changes within inserted text', () => {
  const cases: readonly [old: string, text: string, start: number, end: number, left: string][] = [
    ['a  = 1', 'a = 1', 2, 3, ''],
    ['abc', 'abc', 3, 3, ''],
    ['aa', 'aaa', 2, 2, 'a'],
    ['', 'x', 0, 0, 'x'],
    ['x', '', 0, 1, ''],
    ['a b', 'a c', 2, 3, 'c'],
  ]
  for (const [old, text, start, end, left] of cases) {
    test(`${JSON.stringify(old)} → ${JSON.stringify(text)} is shrunk to what differs`, () => {
      const change = shrunk({ range: range(0, old.length), text }, old)
      assert.deepEqual([change.range.start.character, change.range.end.character], [start, end])
      assert.equal(change.text, left)
    })
  }

  test('a shrunk change of several lines makes the same text', () => {
    const chance = random(7)
    const some = (): string =>
      Array.from({ length: chance.below(9) }, () => chance.pick(['a', 'b', '\n'])).join('')
    for (let count = 0; count < 2000; count++) {
      const [before, old, text, after] = [some(), some(), some(), some()]
      const change = shrunk(
        { range: { start: endOf(before), end: endOf(before + old) }, text },
        old,
      )
      assert.equal(applied(before + old + after, change), before + text + after, `case ${count}`)
    }
  })

  test('a change at the ends of a range is within it', () => {
    const own = range(2, 5)
    for (const [start, end, isOwn] of [
      [2, 2, true],
      [5, 5, true],
      [2, 5, true],
      [1, 3, false],
      [4, 6, false],
      [0, 0, false],
    ] as const) {
      assert.equal(isWithin({ range: range(start, end), text: 'x' }, own), isOwn)
    }
  })

  test('a range grows by what is inserted at its ends, and moves by lines above', () => {
    const changes = [
      { range: { start: at(0), end: at(0) }, text: 'import a\n' },
      { range: { start: at(2, 1), end: at(2, 1) }, text: '>' },
      { range: { start: at(3, 1), end: at(4, 1) }, text: '' },
      { range: { start: at(5, 1), end: at(5, 1) }, text: '\n<' },
      { range: { start: at(7, 1), end: at(8, 1) }, text: 'xyz' },
    ]
    assert.deepEqual(rangeAfter({ start: at(2, 1), end: at(5, 1) }, changes), {
      start: at(2, 2),
      end: at(1, 3),
    })
  })
})

function endOf(text: string): Range['end'] {
  const lines = text.split('\n')
  return at((lines.at(-1) ?? '').length, lines.length - 1)
}

function applied(text: string, { range: { start, end: last }, text: added }: Change): string {
  const offset = ({ line, character }: Range['start']): number =>
    text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character
  return text.slice(0, offset(start)) + added + text.slice(offset(last))
}
