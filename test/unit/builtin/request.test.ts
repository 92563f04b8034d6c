import assert from 'node:assert/strict'
import { ApiError } from '../../../src/builtin/apiError.ts'
import { parseRequest } from '../../../src/builtin/request.ts'

const parse = (fields: Record<string, unknown>) => parseRequest(fields, 'workspace', 300)

suite('Built-in endpoint: request', () => {
  test('uses the defaults of the API', () => {
    const { seed, ...rest } = parse({ prompt: 'a' })
    assert.ok(Number.isInteger(seed))
    assert.deepEqual(rest, {
      prompts: ['a'],
      suffix: '',
      max_tokens: 16,
      n: 1,
      best_of: 1,
      confidence: 0,
      stream: false,
      include_usage: false,
      logprobs: undefined,
      stop: [],
      echo: false,
      temperature: 1,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      logit_bias: new Map(),
    })
  })

  test('accepts every field', () => {
    const fields = {
      temperature: 2,
      top_p: 0,
      presence_penalty: -2,
      frequency_penalty: 2,
      seed: -1,
    }
    const { logit_bias, ...rest } = parse({
      ...fields,
      n: 2,
      best_of: 3,
      logit_bias: { 299: -100 },
    })
    assert.deepEqual({ ...rest, ...fields, n: 2, best_of: 3 }, rest)
    assert.deepEqual([...logit_bias], [[299, -100]])
    parse({ user: 'u', model: '', top_k: 'unknown' })
  })

  test('treats null like a missing field', () => {
    const names =
      'model suffix max_tokens temperature top_p n best_of stream stream_options logprobs echo stop presence_penalty frequency_penalty logit_bias seed user'
    const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]))
    assert.deepEqual(
      { ...parse({ ...nulls, prompt: 'a' }), seed: 0 },
      { ...parse({ prompt: 'a' }), seed: 0 },
    )
  })

  test('accepts all forms of prompt and stop, and a missing prompt', () => {
    assert.deepEqual(parse({ prompt: ['a', 'b'] }).prompts, ['a', 'b'])
    assert.deepEqual(parse({}).prompts, [''])
    assert.deepEqual(parse({ prompt: [1, 2] }).prompts, [[1, 2]])
    assert.deepEqual(parse({ prompt: [[1], [2]] }).prompts, [[1], [2]])
    assert.deepEqual(parse({ stop: 'x' }).stop, ['x'])
    assert.deepEqual(parse({ stop: ['', 'x'] }).stop, ['x'])
    assert.equal(
      parse({ stream: true, stream_options: { include_usage: true } }).include_usage,
      true,
    )
  })

  const refused: [param: string, fields: Record<string, unknown>][] = [
    ['prompt', { prompt: 3 }],
    ['prompt', { prompt: [] }],
    ['prompt', { prompt: [1, 300] }],
    ['prompt', { prompt: [1, -1] }],
    ['prompt', { prompt: [0.5] }],
    ['prompt', { prompt: [[1], [300]] }],
    ['prompt', { prompt: [1, 'a'] }],
    ['prompt', { prompt: [[1], 'a'] }],
    ['prompt', { prompt: 'x'.repeat(4_000_001) }],
    ['prompt', { prompt: ['a', null] }],
    ['prompt', { prompt: Array.from({ length: 1025 }, () => 'a') }],
    ['prompt', { prompt: Array.from({ length: 9 }, () => 'a'), n: 128 }],
    ['suffix', { suffix: 1 }],
    ['max_tokens', { max_tokens: -1 }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_tokens', { max_tokens: '16' }],
    ['temperature', { temperature: 2.1 }],
    ['top_p', { top_p: -0.1 }],
    ['presence_penalty', { presence_penalty: 3 }],
    ['frequency_penalty', { frequency_penalty: '1' }],
    ['n', { n: 0 }],
    ['n', { n: 129 }],
    ['best_of', { best_of: 1, n: 2 }],
    ['best_of', { best_of: 2, n: 2 }],
    ['best_of', { best_of: 2, n: 3 }],
    ['best_of', { best_of: 2, stream: true }],
    ['best_of', { best_of: 21 }],
    ['max_tokens', { max_tokens: 65_537 }],
    ['logprobs', { logprobs: 6 }],
    ['logit_bias', { logit_bias: { 300: 1 } }],
    ['logit_bias', { logit_bias: { x: 1 } }],
    ['logprobs', { logprobs: true }],
    ['stream', { stream: 'true' }],
    ['stream_options', { stream_options: { include_usage: true } }],
    ['stream_options', { stream: true, stream_options: [] }],
    ['include_usage', { stream: true, stream_options: { include_usage: 1 } }],
    ['stop', { stop: ['1', '2', '3', '4', '5'] }],
    ['stop', { stop: [1] }],
    ['echo', { echo: 1 }],
    ['logit_bias', { logit_bias: { 1: 101 } }],
    ['logit_bias', { logit_bias: [1] }],
    ['seed', { seed: 0.5 }],
    ['user', { user: {} }],
    ['model', { model: 7 }],
  ]
  for (const [param, fields] of refused) {
    test(`rejects ${JSON.stringify(fields).slice(0, 60)}`, () =>
      assert.throws(
        () => parse(fields),
        (error) => error instanceof ApiError && error.status === 400 && error.param === param,
      ))
  }

  for (const body of [null, [], 'text', 1]) {
    test(`rejects the body ${JSON.stringify(body)}`, () =>
      assert.throws(() => parseRequest(body, 'workspace', 300), { status: 400 }))
  }

  test('rejects another model as not found', () =>
    assert.throws(() => parse({ model: 'gpt-3.5-turbo-instruct' }), {
      status: 404,
      param: 'model',
      code: 'model_not_found',
    }))
})
