import assert from 'node:assert/strict'
import { ApiError } from '../../../src/builtin/apiError.ts'
import { parseRequest } from '../../../src/builtin/request.ts'

const parse = (fields: Record<string, unknown>) => parseRequest(fields, 'workspace')

suite('builtin request', () => {
  test('takes the defaults of the API', () =>
    assert.deepEqual(parse({ prompt: 'a' }), {
      prompts: ['a'],
      suffix: '',
      max_tokens: 16,
      stream: false,
      include_usage: false,
      stop: [],
      echo: false,
    }))

  test('takes null for every optional field as not given', () => {
    const names =
      'model suffix max_tokens temperature top_p n best_of stream stream_options logprobs echo stop presence_penalty frequency_penalty logit_bias seed user'
    const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]))
    assert.deepEqual(parse({ ...nulls, prompt: 'a' }), parse({ prompt: 'a' }))
  })

  test('takes what has no effect on a deterministic model, and unknown fields', () => {
    parse({ prompt: '', temperature: 2, top_p: 0, presence_penalty: -2, frequency_penalty: 2 })
    parse({ prompt: '', logit_bias: { 50256: -100 }, seed: -1, user: 'u', top_k: 'x' })
    parse({ prompt: '', n: 1, best_of: 1, model: '' })
  })

  test('takes prompts, stops and no prompt at all', () => {
    assert.deepEqual(parse({ prompt: ['a', 'b'] }).prompts, ['a', 'b'])
    assert.deepEqual(parse({}).prompts, [''])
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
    ['prompt', { prompt: [1, 2] }],
    ['prompt', { prompt: [[1], [2]] }],
    ['prompt', { prompt: ['a', null] }],
    ['prompt', { prompt: Array.from({ length: 129 }, () => 'a') }],
    ['suffix', { suffix: 1 }],
    ['max_tokens', { max_tokens: -1 }],
    ['max_tokens', { max_tokens: 1.5 }],
    ['max_tokens', { max_tokens: '16' }],
    ['temperature', { temperature: 2.1 }],
    ['top_p', { top_p: -0.1 }],
    ['presence_penalty', { presence_penalty: 3 }],
    ['frequency_penalty', { frequency_penalty: '1' }],
    ['n', { n: 0 }],
    ['n', { n: 2 }],
    ['best_of', { best_of: 2 }],
    ['best_of', { best_of: 21 }],
    ['logprobs', { logprobs: 0 }],
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
    test(`refuses ${JSON.stringify(fields).slice(0, 60)}`, () =>
      assert.throws(
        () => parse(fields),
        (error) => error instanceof ApiError && error.status === 400 && error.param === param,
      ))
  }

  for (const body of [null, [], 'text', 1]) {
    test(`refuses the body ${JSON.stringify(body)}`, () =>
      assert.throws(() => parseRequest(body, 'workspace'), { status: 400 }))
  }

  test('refuses another model as not found', () =>
    assert.throws(() => parse({ model: 'gpt-3.5-turbo-instruct' }), {
      status: 404,
      param: 'model',
      code: 'model_not_found',
    }))
})
