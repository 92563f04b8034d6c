import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { event, json, page, stream, text } from '../../support/answers.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'

suite('Completions: type and code of an error', () => {
  const connect = useConnections()
  const namesOf = async (body: unknown, status = 400) => {
    const { client } = await connect(json(body, status))
    const { kind, code, type, param } = await failure(client.create(REQUEST))
    return { kind, code, type, param }
  }

  test('are kept if they are single words', async () => {
    const fields = { message: 'm', type: 'invalid_request_error', param: 'suffix', code: 'unknown' }
    const kept = {
      kind: 'rejected',
      code: 'unknown',
      type: 'invalid_request_error',
      param: 'suffix',
    }
    assert.deepEqual(await namesOf({ error: fields }), kept)
    assert.deepEqual(await namesOf(fields), kept)
    assert.deepEqual(await namesOf([{ error: fields }]), kept)
  })

  test('the field is read from a list of details', async () => {
    const detail = [{ loc: ['body', 'logit_bias'], type: 'extra_forbidden', msg: 'm', input: 'x' }]
    assert.deepEqual(await namesOf({ detail }, 422), {
      kind: 'rejected',
      code: undefined,
      type: 'extra_forbidden',
      param: 'logit_bias',
    })
  })

  test('are kept for an error in the stream', async () => {
    const fields = { message: 'm', type: 'server_error', param: null, code: 500 }
    for (const events of [[event({ error: fields })], [`event: error\n${event(fields)}`]]) {
      const { client } = await connect(stream(text('a'), ...events))
      const { error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual(
        [error?.kind, error?.code, error?.type, error?.param],
        ['server', undefined, 'server_error', undefined],
      )
    }
  })

  test('numbers, sentences and the key are ignored', async () => {
    const nothing = { kind: 'rejected', code: undefined, type: undefined, param: undefined }
    const fields = { code: 400, type: 'a sentence', param: ['x'] }
    for (const error of [fields, 'no', null, [], {}]) {
      assert.deepEqual(await namesOf({ error }), nothing)
    }
    const { client } = await connect(json({ error: { code: 'bad:sk-1' } }, 401), { apiKey: 'sk-1' })
    assert.ok(!inspect(await failure(client.create(REQUEST))).includes('sk-1'))
  })

  const quota: [status: number, error: object][] = [
    [402, { message: 'Insufficient Balance' }],
    [429, { message: 'You exceeded your current quota, please check your plan and billing.' }],
    [429, { message: 'x', code: 'insufficient_quota' }],
    [429, { message: 'x', type: 'insufficient_quota' }],
    [429, { message: 'x', code: 'billing_hard_limit_reached' }],
    [403, { message: 'Insufficient credits to complete this request.' }],
  ]
  for (const [status, error] of quota) {
    test(`an exhausted quota: ${status} ${JSON.stringify(error)}`, async () => {
      assert.equal((await namesOf({ error }, status)).kind, 'quota')
    })
  }

  for (const error of [
    { message: 'Rate limit reached for requests', code: 'rate_limit_exceeded' },
    { message: 'Quota exceeded for requests per minute' },
    { message: 'Model is overloaded', type: 'overloaded' },
    { message: 'x', code: 'slow_down' },
  ]) {
    test(`a rate limit: ${JSON.stringify(error)}`, async () => {
      assert.equal((await namesOf({ error }, 429)).kind, 'rate_limit')
    })
  }

  const tooLong: [server: string, status: number, body: unknown][] = [
    ['OpenAI', 400, { error: { message: 'x', code: 'context_length_exceeded' } }],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message: 'This model’s maximum context length is 4096 tokens. However, you requested 5000.',
        type: 'BadRequestError',
        code: 400,
      },
    ],
    [
      'llama.cpp',
      400,
      {
        error: {
          code: 400,
          message: 'the request exceeds the available context size, try increasing it',
          type: 'exceed_context_size_error',
        },
      },
    ],
    [
      'llama-cpp-python',
      500,
      { error: { message: 'Requested tokens (9) exceed context window of 8' } },
    ],
    ['SGLang', 400, { message: 'The input (9 tokens) is longer than the model’s context length' }],
    [
      'TGI',
      422,
      { error: '`inputs` tokens + `max_new_tokens` must be <= 4096', error_type: 'validation' },
    ],
    ['Mistral', 400, { message: 'Prompt contains 9 tokens, too large for maximum context length' }],
    ['a proxy', 413, {}],
  ]
  for (const [server, status, body] of tooLong) {
    test(`a context that is too long, as ${server} reports it`, async () => {
      assert.equal((await namesOf(body, status)).kind, 'context_length')
    })
  }

  test('a context that is too long, in the stream', async () => {
    const error = { message: 'x', type: 'exceed_context_size_error', code: 400 }
    const { client } = await connect(stream(event({ error })))
    assert.equal((await read(client.createStreaming(REQUEST))).error?.kind, 'context_length')
  })

  test('have no meaning in an HTML page', async () => {
    const { client } = await connect(page('<p>maximum context length', 500, 'text/html'))
    assert.equal((await failure(client.create(REQUEST))).kind, 'server')
  })
})
