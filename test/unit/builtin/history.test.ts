import assert from 'node:assert/strict'
import { chainOrders, History, longestContext } from '../../../src/builtin/history.ts'
import { randomFrom } from '../../../src/builtin/sample.ts'

/** Tokens of a small alphabet, so that contexts come again. */
function someTokens(count: number, seed: number): number[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => Math.floor(random() * 4))
}

/** The places that are like the end of the context, newest first, found by looking at each. */
function placesByHand(tokens: readonly number[], context: readonly number[], order: number) {
  const found: [position: number, length: number][] = []
  for (let position = tokens.length - 2; position >= 0; position--) {
    let length = 0
    const most = Math.min(longestContext, context.length, position + 1)
    while (length < most && tokens[position - length] === context[context.length - 1 - length])
      length++
    if (length >= order) found.push([position, length])
  }
  return found
}

function places(history: History, context: readonly number[], chain: number) {
  const found: [position: number, length: number][] = []
  history.places(context, context.length, chain, (...place) => found.push(place), 10_000)
  return found
}

suite('builtin history', () => {
  test('finds the places that are like a context, and how much', () => {
    const tokens = someTokens(3000, 1)
    const history = new History(64)
    for (const token of tokens) history.push(token)
    for (const [chain, order] of chainOrders.entries()) {
      for (let seed = 2; seed < 12; seed++) {
        const context = someTokens(20, seed)
        assert.deepEqual(places(history, context, chain), placesByHand(tokens, context, order))
      }
    }
  })

  test('takes back what was added last', () => {
    const tokens = someTokens(500, 1)
    const [one, other] = [new History(64), new History(64)]
    for (const token of tokens) one.push(token)
    for (const token of [...tokens, ...someTokens(300, 2)]) other.push(token)
    other.truncate(tokens.length)
    const context = tokens.slice(100, 120)
    for (const chain of chainOrders.keys()) {
      assert.deepEqual(places(other, context, chain), places(one, context, chain))
    }
    assert.deepEqual(other.counts.slice(0, 4), one.counts.slice(0, 4))
  })

  test('finds nothing in what was removed', () => {
    const history = new History()
    for (const token of [1, 2, 3, 1, 2, 4]) history.push(token)
    history.remove(0, 3)
    assert.deepEqual(places(history, [1, 2], 0), [[4, 2]])
    assert.deepEqual(history.counts.slice(1, 5), Uint32Array.of(1, 1, 0, 1))
  })

  test('needs no more than 32 bytes a token', () => {
    const history = new History()
    for (let at = 0; at < 300_000; at++) history.push(at % 5000)
    assert.ok(history.bytes < 32 * history.length, `${history.bytes / history.length}`)
  })
})
