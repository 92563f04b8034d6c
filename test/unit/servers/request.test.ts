import assert from 'node:assert/strict'
import { toRequest, type RequestSettings } from '../../../src/servers/request.ts'

const unset: RequestSettings = {
  model: '',
  maxTokens: 64,
  temperature: null,
  topP: null,
  n: null,
  bestOf: null,
  logprobs: null,
  echo: null,
  stop: null,
  presencePenalty: null,
  frequencyPenalty: null,
  logitBias: null,
  seed: null,
  user: null,
}
const context = { prompt: 'foo(', suffix: ')', stops: [] }
const always = { stream_options: { include_usage: true } }

suite('Servers: request of the completions API', () => {
  test('contains prompt and suffix, and no field that is not set', () => {
    assert.deepEqual(toRequest(context, unset, {}), {
      prompt: 'foo(',
      suffix: ')',
      max_tokens: 64,
      ...always,
    })
    assert.ok(!('suffix' in toRequest({ ...context, suffix: '' }, unset, {})))
    assert.ok(!('suffix' in toRequest({ ...context, suffix: null }, unset, {})))
  })

  test('contains every setting under its API name', () => {
    const settings: RequestSettings = {
      model: 'm',
      maxTokens: 0,
      temperature: 0,
      topP: 0.5,
      n: 2,
      bestOf: 3,
      logprobs: 0,
      echo: false,
      stop: ['a', 'b'],
      presencePenalty: -2,
      frequencyPenalty: 2,
      logitBias: { 7: -100 },
      seed: 0,
      user: 'me',
    }
    assert.deepEqual(toRequest(context, settings, {}), {
      model: 'm',
      prompt: 'foo(',
      suffix: ')',
      max_tokens: 0,
      temperature: 0,
      top_p: 0.5,
      n: 2,
      best_of: 3,
      logprobs: 0,
      echo: false,
      stop: ['a', 'b'],
      presence_penalty: -2,
      frequency_penalty: 2,
      logit_bias: { 7: -100 },
      seed: 0,
      user: 'me',
      ...always,
    })
  })

  test('has the user’s stops first, up to the maximum of the server', () => {
    const settings = { ...unset, stop: 'mine' }
    const stops = ['a', 'b', 'c', 'd']
    assert.deepEqual(toRequest({ ...context, stops }, settings, {}).stop, ['mine', 'a', 'b', 'c'])
    assert.deepEqual(toRequest({ ...context, stops }, settings, { maxStops: 1 }).stop, ['mine'])
  })

  test('omits unsupported and refused fields', () => {
    const settings = { ...unset, seed: 1, logprobs: 2 }
    const request = toRequest(
      context,
      settings,
      { unsupported: ['seed'] },
      new Set(['stream_options']),
    )
    assert.deepEqual(request, { prompt: 'foo(', suffix: ')', max_tokens: 64, logprobs: 2 })
  })
})
