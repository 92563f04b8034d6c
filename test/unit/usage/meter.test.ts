import assert from 'node:assert/strict'
import type { CompletionChunk, Usage } from '../../../src/completions/types.ts'
import { createMeter } from '../../../src/usage/meter.ts'
import { tokensPerSecond } from '../../../src/usage/progress.ts'

const usage = (prompt_tokens: number, completion_tokens: number): Usage => ({
  prompt_tokens,
  completion_tokens,
  total_tokens: prompt_tokens + completion_tokens,
  prompt_tokens_details: null,
  completion_tokens_details: null,
})

const chunk = (text: string, counted: Usage | null = null): CompletionChunk => ({
  id: null,
  object: null,
  created: null,
  model: null,
  system_fingerprint: null,
  choices: [{ index: 0, text, finish_reason: null, logprobs: null }],
  usage: counted,
})

suite('meter', () => {
  test('estimates until the server sends usage', () => {
    const meter = createMeter(300)
    meter.read(chunk('x'.repeat(30)))
    const { prompt_tokens, completion_tokens, estimated } = meter.cost()
    assert.deepEqual([prompt_tokens, completion_tokens, estimated], [100, 10, true])
    meter.read({ ...chunk('', usage(90, 8)), choices: [] })
    assert.deepEqual(
      [meter.cost().prompt_tokens, meter.cost().completion_tokens, meter.cost().estimated],
      [90, 8, false],
    )
  })

  test('has the cached tokens of the prompt, where the server says so', () => {
    const meter = createMeter(300)
    assert.equal(meter.cost().cached_tokens, null)
    meter.read(chunk('', { ...usage(90, 8), prompt_tokens_details: { cached_tokens: 60 } }))
    assert.equal(meter.cost().cached_tokens, 60)
  })

  test('estimates what is sent when it is less than assumed', () => {
    const meter = createMeter(9000)
    meter.resize(300)
    assert.equal(meter.cost().prompt_tokens, 100)
  })

  test('the last usage counts: running totals are not added up', () => {
    const meter = createMeter(0)
    for (let tokens = 1; tokens <= 3; tokens++) meter.read(chunk('x', usage(10, tokens)))
    assert.equal(meter.cost().completion_tokens, 3)
  })

  test('a usage that contains only zeros is ignored', () => {
    const meter = createMeter(30)
    meter.read(chunk('abc', usage(0, 0)))
    assert.equal(meter.cost().estimated, true)
  })

  test('the rate is that of the tokens after the first', () => {
    let now = 1000
    const meter = createMeter(0, () => now)
    assert.equal(tokensPerSecond(meter.cost()), null)
    now = 3000
    meter.read(chunk('a', usage(10, 1)))
    assert.equal(meter.cost().firstTokenAfter, 2000)
    assert.equal(tokensPerSecond(meter.cost()), null)
    now = 4000
    meter.read(chunk('b', usage(10, 21)))
    assert.equal(tokensPerSecond(meter.cost()), 20)
  })
})
