import assert from 'node:assert/strict'
import { CHAIN_ORDERS, History, LONGEST_CONTEXT } from '../../../src/builtin/model/history.ts'
import { randomFrom } from '../../../src/builtin/model/sample.ts'

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
    const most = Math.min(LONGEST_CONTEXT, context.length, position + 1)
    while (length < most && tokens[position - length] === context[context.length - 1 - length])
      length++
    if (length >= order) found.push([position, length])
  }
  return found
}

function places(history: History, context: readonly number[], chain: number) {
  return history.matches(context, chain).map(({ position, length }) => [position, length])
}

suite('builtin history', () => {
  test('finds the places that are like a context, and how much', () => {
    const tokens = someTokens(3000, 1)
    const history = new History(1024)
    for (const token of tokens) history.push(token)
    for (const [chain, order] of CHAIN_ORDERS.entries()) {
      for (let seed = 2; seed < 12; seed++) {
        const context = someTokens(20, seed)
        assert.deepEqual(
          places(history, context, chain),
          placesByHand(tokens, context, order).slice(0, 256),
        )
      }
    }
  })

  test('finds nothing in what was removed', () => {
    const history = new History()
    for (const token of [1, 2, 3, 1, 2, 4]) history.push(token)
    history.remove(0, 3)
    assert.deepEqual(places(history, [1, 2], 0), [[4, 2]])
    assert.deepEqual(history.counts.slice(1, 5), Int32Array.of(1, 1, 0, 1))
  })

  test('needs no more than 32 bytes a token', () => {
    const history = new History()
    for (let at = 0; at < 300_000; at++) history.push(at % 5000)
    assert.ok(history.bytes < 32 * history.length, `${history.bytes / history.length}`)
  })
})
