import assert from 'node:assert/strict'
import { CHAIN_ORDERS, History, LONGEST_CONTEXT } from '../../../src/builtin/model/history.ts'
import { randomFrom } from '../../../src/builtin/model/sample.ts'

/** Pseudorandom tokens of a small alphabet, so that contexts repeat */
function someTokens(count: number, seed: number): number[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, () => Math.floor(random() * 4))
}

/** The matches of the end of the context, newest first, by linear search */
function linearSearch(tokens: readonly number[], context: readonly number[], order: number) {
  const found: [position: number, length: number][] = []
  for (let position = tokens.length - 2; position >= 0; position--) {
    let length = 0
    const longest = Math.min(LONGEST_CONTEXT, context.length, position + 1)
    while (length < longest && tokens[position - length] === context[context.length - 1 - length])
      length++
    if (length >= order) found.push([position, length])
  }
  return found
}

function matches(history: History, context: readonly number[], chain: number) {
  return history.matches(context, chain).map(({ position, length }) => [position, length])
}

suite('Built-in model: history', () => {
  test('finds all matches of a context with their lengths', () => {
    const tokens = someTokens(3000, 1)
    const history = new History(1024)
    for (const token of tokens) history.push(token)
    for (const [chain, order] of CHAIN_ORDERS.entries()) {
      for (let seed = 2; seed < 12; seed++) {
        const context = someTokens(20, seed)
        assert.deepEqual(
          matches(history, context, chain),
          linearSearch(tokens, context, order).slice(0, 256),
        )
      }
    }
  })

  test('finds no matches in removed tokens', () => {
    const history = new History()
    for (const token of [1, 2, 3, 1, 2, 4]) history.push(token)
    history.remove(0, 3)
    assert.deepEqual(matches(history, [1, 2], 0), [[4, 2]])
    assert.deepEqual(history.counts.slice(1, 5), Int32Array.of(1, 1, 0, 1))
  })

  test('uses at most 32 bytes per token', () => {
    const history = new History()
    for (let at = 0; at < 300_000; at++) history.push(at % 5000)
    assert.ok(history.bytes < 32 * history.length, `${history.bytes / history.length}`)
  })
})
