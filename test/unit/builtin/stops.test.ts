import assert from 'node:assert/strict'
import { stopGuard } from '../../../src/builtin/stops.ts'

/** What is shown after each piece, and at the end. */
function shown(pieces: readonly string[], stops: readonly string[]): string[] {
  const guard = stopGuard(stops)
  const texts: string[] = []
  for (const piece of pieces) {
    const { text, stopped } = guard.push(piece)
    texts.push(text)
    if (stopped) return texts
  }
  return [...texts, guard.end()]
}

suite('builtin stop sequences', () => {
  test('end the text before them', () => assert.deepEqual(shown(['ab;cd'], [';']), ['ab']))

  test('are found when split over pieces, and nothing of them is shown', () =>
    assert.deepEqual(shown(['a<', '/', 'end>b'], ['</end>']), ['a', '', '']))

  test('hold back only what may be their beginning', () =>
    assert.deepEqual(shown(['a<', '/x', '<'], ['</end>']), ['a', '</x', '', '<']))

  test('that overlap themselves are found', () =>
    assert.deepEqual(shown(['a', 'a', 'b'], ['ab']), ['', 'a', '']))

  test('end at the first of several', () =>
    assert.deepEqual(shown(['one two three'], ['three', 'two']), ['one ']))

  test('show all where there are none', () =>
    assert.deepEqual(shown(['a', 'b'], []), ['a', 'b', '']))
})
