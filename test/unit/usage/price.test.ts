import assert from 'node:assert/strict'
import { dollarsFor, priceOf, type Prices } from '../../../src/usage/price.ts'
import { timeOf } from '../../support/duration.ts'

const prices: Prices = {
  'gpt-*': { input: 2, output: 8 },
  'gpt-4o-mini': { input: 1, output: 4 },
  '*/codestral-*': { input: 3, output: 9 },
  'Qwen*Coder*7B': { input: 0.5, output: 0.5 },
}

suite('prices', () => {
  const cases: [model: string, input: number | null][] = [
    ['gpt-4o-mini', 1],
    ['gpt-4o-mini-2024', 2],
    ['GPT-5', 2],
    ['mistral/codestral-latest', 3],
    ['codestral-latest', null],
    ['qwen2.5-coder:7b', 0.5],
    ['qwen2.5-coder:14b', null],
    ['', null],
  ]
  for (const [model, input] of cases) {
    test(`of "${model}": ${input}`, () => {
      assert.equal(priceOf(model, prices)?.input ?? null, input)
    })
  }

  test('of several patterns the longest counts, and * is for every model', () => {
    const all = { '*': { input: 7, output: 7 }, 'a*': { input: 6, output: 6 } }
    assert.equal(priceOf('abc', all)?.input, 6)
    assert.equal(priceOf('', all)?.input, 7)
    // A pattern never uses the same character for two of its parts.
    assert.equal(priceOf('aba', { 'ab*ba': { input: 1, output: 1 } }), null)
  })

  test('a pattern with many stars takes no time', () => {
    const pattern = '*a'.repeat(500)
    const time = timeOf(() => {
      assert.equal(priceOf('a'.repeat(499), { [pattern]: { input: 1, output: 1 } }), null)
    })
    assert.ok(time < 100, `${time} ms`)
  })

  test('are per million tokens, and lower for cached ones', () => {
    const cost = { prompt_tokens: 1000, cached_tokens: 400, completion_tokens: 200 }
    assert.equal(dollarsFor(cost, { input: 10, output: 20 }), 0.014)
    assert.equal(dollarsFor(cost, { input: 10, output: 20, cachedInput: 5 }), 0.012)
    assert.equal(dollarsFor({ ...cost, cached_tokens: null }, { input: 10, output: 20 }), 0.014)
    // A server that counts more cached tokens than tokens
    const wrong = { prompt_tokens: 10, cached_tokens: 40, completion_tokens: 0 }
    assert.equal(dollarsFor(wrong, { input: 10, output: 20, cachedInput: 5 }), 0.00005)
  })
})
