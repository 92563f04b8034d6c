import assert from 'node:assert/strict'
import { CompletionError, type CompletionRequest } from '../../../src/completions/index.ts'
import { refusalOf } from '../../../src/servers/refusals.ts'
import { event, json, stream } from '../../support/answers.ts'
import type { Answer } from '../../support/sseServer.ts'
import { failure, REQUEST, useConnections } from '../completions/support.ts'

/** A request with every optional field */
const ALL: CompletionRequest = {
  ...REQUEST,
  suffix: ')',
  temperature: 0,
  top_p: 1,
  n: 2,
  best_of: 3,
  logprobs: 1,
  echo: true,
  stop: ['a'],
  presence_penalty: 0,
  frequency_penalty: 0,
  logit_bias: {},
  seed: 1,
  user: 'me',
  stream_options: { include_usage: true },
}

const openai = (message: string, status = 400, more: object = {}) =>
  json(
    { error: { message, type: 'invalid_request_error', param: null, code: null, ...more } },
    status,
  )
const llamacpp = (message: string, code: number) =>
  json({ error: { code, message, type: 'server_error' } }, code)
const extra = (name: string) => [
  { type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted', input: 1 },
]

/** Responses of servers that refuse a field, and the field */
const REFUSALS: readonly [server: string, answer: Answer, field: string][] = [
  ['OpenAI', openai('Unrecognized request argument supplied: suffix'), 'suffix'],
  ['OpenAI', openai('Unrecognized request arguments supplied: frobnicate, best_of'), 'best_of'],
  [
    'OpenAI',
    openai("Unsupported parameter: 'logprobs' is not supported with this model."),
    'logprobs',
  ],
  ['OpenAI, chat', openai("Unsupported parameter: 'top_logprobs'."), 'logprobs'],
  ['OpenAI', openai("Unknown parameter: 'seed'."), 'seed'],
  ['OpenAI', openai("Additional properties are not allowed ('user' was unexpected)"), 'user'],
  [
    'OpenAI',
    openai('No.', 400, { code: 'unsupported_parameter', param: 'logit_bias' }),
    'logit_bias',
  ],
  [
    'OpenAI',
    openai('No.', 400, { code: 'unknown_parameter', param: 'stream_options.include_usage' }),
    'stream_options',
  ],
  ['vLLM', openai('suffix is not currently supported'), 'suffix'],
  ['vLLM', openai('Echo is unsupported with prompt embeds.'), 'echo'],
  [
    'vLLM',
    openai(
      "[{'type': 'extra_forbidden', 'loc': ('body', 'user'), 'msg': 'Extra inputs are not permitted'}]",
    ),
    'user',
  ],
  [
    'TGI',
    json(
      {
        error: 'Suffix is not supported and can be achieved by preprocessing the prompt.',
        error_type: 'suffix not supported',
      },
      422,
    ),
    'suffix',
  ],
  ['llama.cpp before 2025-11', llamacpp('Unsupported param: suffix', 500), 'suffix'],
  ['llama.cpp before 2025-11', llamacpp('Unsupported param: best_of', 500), 'best_of'],
  ['llama.cpp before 2025-11', llamacpp('Unsupported param: echo', 500), 'echo'],
  ['llama.cpp before 2025-11', llamacpp('Only no echo is supported', 500), 'echo'],
  ['llama.cpp before 2025-11', llamacpp('Only one completion choice is allowed', 500), 'n'],
  ['llama.cpp', llamacpp("Field 'n': Value must be between 1 <= value <= 1, but got 2", 400), 'n'],
  [
    'llama.cpp’s /infill',
    llamacpp('Infill is not supported by this model: prefix token is missing. ', 501),
    'suffix',
  ],
  ['llama.cpp without /infill', llamacpp('File Not Found', 404), 'suffix'],
  [
    'Ollama',
    openai('library/qwen:latest does not support insert', 400, {
      type: 'api_error',
    }),
    'suffix',
  ],
  ['Ollama’s own API', json({ error: 'qwen:latest does not support insert' }, 400), 'suffix'],
  ['Mistral', json({ object: 'error', message: { detail: extra('random_seed') } }, 422), 'seed'],
  ['FastAPI', json({ detail: extra('stream_options') }, 422), 'stream_options'],
  ['FastAPI', json({ detail: extra('presence_penalty') }, 422), 'presence_penalty'],
  ['Fireworks', openai("Extra inputs are not permitted, field: 'seed', value: 1"), 'seed'],
  [
    'LiteLLM',
    openai("litellm.UnsupportedParamsError: x does not support parameters: ['seed'], for model=m."),
    'seed',
  ],
  ['a gateway in front of Groq', openai("property 'logprobs' is unsupported"), 'logprobs'],
  [
    'Rust',
    json({ error: 'unknown field `logit_bias`, expected one of `model`, `stop`' }, 422),
    'logit_bias',
  ],
  ['Go', json({ error: 'json: unknown field "frequency_penalty"' }, 400), 'frequency_penalty'],
  ['the built-in endpoint', openai("'n' greater than 1 is not supported by this model."), 'n'],
  ['the built-in endpoint', openai("'logprobs' is not supported by this model."), 'logprobs'],
  ['some proxy', stream(event({ error: { message: 'Unsupported param: suffix' } })), 'suffix'],
  ['a gateway', openai('Unsupported parameter(s): `stream_options`'), 'stream_options'],
  ['a gateway', openai('不支持的参数：stream_options'), 'stream_options'],
  ['a gateway', openai('Le paramètre « seed » n’est pas pris en charge'), 'seed'],
  ['JSON pointer', json({ error: '#/stream_options: not allowed' }, 422), 'stream_options'],
  ['JSON pointer', openai('Validation failed at /seed'), 'seed'],
  ['a path', openai('body.stop is an unrecognized key'), 'stop'],
  ['a list', json({ errors: ['top_p', 'cannot be used'] }, 400), 'top_p'],
  ['a list', openai('These request fields are ignored by us: best_of, echo'), 'best_of'],
  ['status 404', openai('No handler for option logit_bias', 404), 'logit_bias'],
  ['status 501', openai('frequency_penalty has not been implemented', 501), 'frequency_penalty'],
  ['words', openai('Sorry, but stop is not available here'), 'stop'],
  ['words', openai('We do not know the field user.'), 'user'],
]

/** Errors that refuse no optional field */
const OTHERS: readonly [name: string, answer: Answer][] = [
  ['an invalid key', openai('Unsupported parameter: suffix', 401)],
  ['a rate limit', openai('suffix is not supported in your tier', 429)],
  ['a required field', openai("Unsupported parameter: 'max_tokens'")],
  ['a model', openai('Model foo is not supported')],
  ['a missing model', openai('The model `stop` does not exist', 404)],
  ['a missing path', json({ detail: 'Not Found' }, 404)],
  ['a field that is not in the request', openai('Unrecognized request argument supplied: top_k')],
  ['a value out of range', openai("Field 'logprobs': Value must be between 0 and 5, but got 9")],
  ['a value out of range, by param', openai('Too high.', 400, { param: 'logprobs' })],
  ['a prompt that is too long', openai("This model's maximum context length is 4097 tokens")],
  ['a missing prompt', llamacpp('"prompt" is required', 500)],
  ['an internal error', json({ error: 'internal error' }, 500)],
  ['words that are no names', openai('Please stop; the user has to seed the echo server')],
  ['a value out of range of a field', openai('seed must be less than 2147483647')],
  ['a model in words', openai('The model `seed` is not supported')],
]

suite('Servers: refused fields', () => {
  const connect = useConnections()
  const errorOf = async (answer: Answer): Promise<CompletionError> => {
    const { client } = await connect(answer)
    return failure(client.create(REQUEST))
  }

  for (const [server, answer, field] of REFUSALS) {
    const start = String([...(answer.body ?? [])][0]).slice(0, 60)
    test(`${field}: ${server}, ${start}`, async () => {
      const error = await errorOf(answer)
      assert.deepEqual(refusalOf(error, ALL), field === 'suffix' ? { suffix: true } : { field })
      // A field that was not sent cannot be refused.
      assert.equal(refusalOf(error, REQUEST), null)
    })
  }

  for (const [name, answer] of OTHERS) {
    test(`nothing: ${name}`, async () => {
      assert.equal(refusalOf(await errorOf(answer), ALL), null)
    })
  }

  test('nothing: errors without a response of the server', () => {
    for (const kind of ['unreachable', 'timeout', 'cut', 'protocol', 'invalid_request'] as const) {
      const said = 'suffix is not currently supported'
      const error = new CompletionError(kind, { id: 'httpStatus', host: 'h', status: 400, said })
      assert.equal(refusalOf(error, ALL), null)
    }
  })

  test('a value out of range refuses a field that the user has not set', async () => {
    const error = await errorOf(openai("'temperature' must be 1 for this model"))
    assert.equal(refusalOf(error, ALL), null)
    assert.deepEqual(
      refusalOf(error, ALL, () => false),
      { field: 'temperature' },
    )
  })

  test('the first of several fields that the request contains', async () => {
    const { suffix: _, ...request } = ALL
    const error = await errorOf(openai('Unrecognized request arguments supplied: suffix, seed, n'))
    assert.deepEqual(refusalOf(error, request), { field: 'seed' })
  })
})
