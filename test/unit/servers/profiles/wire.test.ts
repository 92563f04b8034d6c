import assert from 'node:assert/strict'
import { SERVER_IDS, type ServerId, type SuffixMode } from '../../../../src/servers/profile.ts'
import { profileOf } from '../../../../src/servers/profiles/index.ts'
import { toRequest, type RequestSettings } from '../../../../src/servers/request.ts'
import { STOP, stream } from '../../../support/answers.ts'
import { read, useConnections } from '../../completions/support.ts'
import { dialectOf } from './support.ts'

/** Every setting, with a value */
const settings: RequestSettings = {
  model: 'm',
  maxTokens: 64,
  temperature: 0.2,
  topP: 0.9,
  n: 2,
  bestOf: 3,
  logprobs: 1,
  echo: true,
  stop: ['a', 'b', 'c', 'd', 'e'],
  presencePenalty: 0.1,
  frequencyPenalty: 0.3,
  logitBias: { 7: -100 },
  seed: 42,
  user: 'me',
}

/** The body with these settings for a server without restrictions */
const ALL = {
  model: 'm',
  prompt: 'foo(',
  max_tokens: 64,
  temperature: 0.2,
  top_p: 0.9,
  n: 2,
  best_of: 3,
  logprobs: 1,
  echo: true,
  stop: ['a', 'b', 'c', 'd'],
  presence_penalty: 0.1,
  frequency_penalty: 0.3,
  logit_bias: { 7: -100 },
  seed: 42,
  user: 'me',
  stream: true,
  stream_options: { include_usage: true },
}

const STOPS = { stop: ['a', 'b', 'c', 'd', 'e'] }
const SUFFIX = { suffix: ')' }

/** The same body without some fields, and with others */
function bodyWithout(names: readonly (keyof typeof ALL)[], more: object = {}): object {
  return { ...Object.fromEntries(Object.entries(ALL).filter(([name]) => !isOneOf(name))), ...more }
  function isOneOf(name: string): boolean {
    return names.some((each) => each === name)
  }
}

const LLAMACPP = bodyWithout(['best_of', 'echo'], { ...STOPS, logit_bias: [[7, -100]] })
const OLLAMA = {
  model: 'm',
  prompt: 'foo(',
  raw: true,
  stream: true,
  options: {
    num_predict: 64,
    temperature: 0.2,
    top_p: 0.9,
    seed: 42,
    ...STOPS,
    presence_penalty: 0.1,
    frequency_penalty: 0.3,
  },
  logprobs: true,
  top_logprobs: 1,
}
const INFILL = {
  model: 'm',
  n: 2,
  input_prefix: 'foo(',
  input_suffix: ')',
  n_predict: 64,
  temperature: 0.2,
  top_p: 0.9,
  seed: 42,
  n_probs: 1,
  ...STOPS,
  presence_penalty: 0.1,
  frequency_penalty: 0.3,
  logit_bias: [[7, -100]],
  cache_prompt: true,
  stream: true,
}
const MISTRAL = {
  model: 'm',
  prompt: 'foo(',
  max_tokens: 64,
  temperature: 0.2,
  top_p: 0.9,
  stop: ALL.stop,
  random_seed: 42,
  stream: true,
}
const MERCURY = bodyWithout(['n', 'best_of', 'logprobs', 'echo', 'logit_bias', 'seed', 'user'])
const NAMED = { ...MISTRAL, ...SUFFIX, model: 'codestral-2' }
const TABBY = { temperature: 0.2, seed: 42, user: 'me' }

const V1 = '/v1/completions'
const PROJECT = '/v1/projects/p/locations/us-central1'
const MODEL = `${PROJECT}/publishers/mistralai/models/`
const DEPLOYMENT = '/openai/deployments/m/completions?api-version=2024-10-21'

/** For each mode that a profile supports: the path of the base URL, of the request, and its body */
const TABLE: readonly [id: ServerId, mode: SuffixMode, base: string, path: string, body: object][] =
  [
    ['openai', 'field', '/v1', V1, { ...ALL, ...SUFFIX }],
    ['openai', 'template', '/v1', V1, ALL],
    ['openai', 'off', '/v1', V1, ALL],
    ['azure', 'field', '/', DEPLOYMENT, { ...ALL, ...SUFFIX }],
    ['azure', 'template', '/openai/', DEPLOYMENT, ALL],
    ['azure', 'off', '/?api-version=1', DEPLOYMENT.replace(/[^=]+$/, '1'), ALL],
    ['azure', 'off', '/openai/deployments/d', DEPLOYMENT.replace('/m/', '/d/'), ALL],
    ['azure', 'off', '/openai/v1/', '/openai/v1/completions', ALL],
    [
      'ollama',
      'field',
      '/v1',
      V1,
      bodyWithout(['n', 'best_of', 'echo', 'logit_bias'], { ...SUFFIX, ...STOPS }),
    ],
    ['ollama', 'template', '/v1', '/api/generate', OLLAMA],
    ['ollama', 'off', '/ollama/v1/', '/ollama/api/generate', OLLAMA],
    ['ollama', 'off', '/', '/api/generate', OLLAMA],
    ['llamacpp', 'field', '/v1', '/infill', INFILL],
    ['llamacpp', 'field', '/proxy', '/proxy/infill', INFILL],
    ['llamacpp', 'template', '/v1', V1, LLAMACPP],
    ['llamacpp', 'off', '/', V1, LLAMACPP],
    ['vllm', 'template', '/v1', V1, { ...ALL, ...STOPS }],
    ['vllm', 'off', '/v1', V1, { ...ALL, ...STOPS }],
    ['sglang', 'field', '/v1', V1, { ...ALL, ...STOPS, ...SUFFIX }],
    ['sglang', 'template', '/v1', V1, { ...ALL, ...STOPS, suffix: '' }],
    ['sglang', 'off', '/v1', V1, { ...ALL, ...STOPS, suffix: '' }],
    ['mistral', 'field', '/v1', '/v1/fim/completions', { ...MISTRAL, ...SUFFIX }],
    ['mistral', 'off', '/v1/fim/completions', '/v1/fim/completions', MISTRAL],
    ['vertex', 'field', PROJECT, `${MODEL}m:streamRawPredict`, { ...MISTRAL, ...SUFFIX }],
    [
      'vertex',
      'field',
      `${MODEL}codestral-2@001`,
      `${MODEL}codestral-2@001:streamRawPredict`,
      NAMED,
    ],
    ['vertex', 'off', `${MODEL}m/`, `${MODEL}m:streamRawPredict`, MISTRAL],
    ['vertex', 'off', `${PROJECT}/publishers/mistralai`, `${MODEL}m:streamRawPredict`, MISTRAL],
    ['inception', 'field', '/v1', '/v1/fim/completions', { ...MERCURY, ...SUFFIX }],
    ['inception', 'off', '/v1/fim/completions/', '/v1/fim/completions', MERCURY],
    ['deepseek', 'field', '/', '/beta/completions', { ...ALL, ...STOPS, ...SUFFIX }],
    ['deepseek', 'off', '/v1', '/beta/completions', { ...ALL, ...STOPS }],
    ['deepseek', 'off', '/beta', '/beta/completions', { ...ALL, ...STOPS }],
    ['lmstudio', 'template', '/v1', V1, ALL],
    ['lmstudio', 'off', '/v1', V1, ALL],
    ['litellm', 'field', '/v1', V1, { ...ALL, ...SUFFIX }],
    ['litellm', 'template', '/', '/completions', ALL],
    ['litellm', 'off', '/v1', V1, ALL],
    ['localai', 'template', '/v1', V1, ALL],
    ['localai', 'off', '/v1', V1, ALL],
    ['koboldcpp', 'template', '/v1', V1, ALL],
    ['koboldcpp', 'off', '/v1', V1, ALL],
    ['textgen', 'template', '/v1', V1, ALL],
    ['textgen', 'off', '/v1', V1, ALL],
    ['llama-cpp-python', 'template', '/v1', V1, ALL],
    ['llama-cpp-python', 'off', '/v1', V1, ALL],
    ['tabby', 'field', '/v1', V1, { ...TABBY, segments: { prefix: 'foo(', ...SUFFIX } }],
    ['tabby', 'off', '/', V1, { ...TABBY, segments: { prefix: 'foo(' } }],
    ['tgi', 'template', '/v1', V1, ALL],
    ['tgi', 'off', '/v1', V1, ALL],
    ['together', 'template', '/v1', V1, ALL],
    ['together', 'off', '/v1', V1, ALL],
    ['fireworks', 'template', '/inference/v1', '/inference/v1/completions', ALL],
    ['fireworks', 'off', '/inference/v1', '/inference/v1/completions', ALL],
    ['openrouter', 'field', '/api/v1', '/api/v1/completions', { ...ALL, ...SUFFIX }],
    ['openrouter', 'template', '/api/v1', '/api/v1/completions', ALL],
    ['openrouter', 'off', '/api/v1', '/api/v1/completions', ALL],
    ['siliconflow', 'field', '/v1', V1, { ...ALL, ...SUFFIX }],
    ['siliconflow', 'template', '/v1', V1, ALL],
    ['siliconflow', 'off', '/v1', V1, ALL],
    ['builtin', 'field', '/v1', V1, { ...ALL, ...SUFFIX }],
    ['builtin', 'off', '/v1', V1, ALL],
  ]

suite('Servers: requests over HTTP', () => {
  const connect = useConnections()

  for (const [id, mode, base, path, body] of TABLE) {
    test(`${id} by ${mode} from ${base}`, async () => {
      const { server, client } = await connect(stream(STOP), {
        dialect: dialectOf(id, mode, base),
        apiKey: 'secret',
      })
      const context = { prompt: 'foo(', suffix: mode === 'field' ? ')' : null, stops: [] }
      await read(client.createStreaming(toRequest(context, settings, profileOf(id))))
      const [request] = server.requests
      assert.equal(request?.path, path)
      assert.deepEqual(request?.body, body)
      const { authorization, 'api-key': key } = request?.headers ?? {}
      assert.deepEqual(
        [authorization, key],
        id === 'azure' ? [undefined, 'secret'] : ['Bearer secret', undefined],
      )
    })
  }

  test('has a row for each mode that a profile supports', () => {
    const expected = SERVER_IDS.flatMap((id) => {
      const { field, template, chat } = profileOf(id)
      if (chat === 'only') return []
      const modes = [field === 'never' ? [] : ['field'], template ? ['template'] : [], 'off'].flat()
      return modes.map((mode) => `${id} ${mode}`)
    })
    assert.deepEqual([...new Set(TABLE.map(([id, mode]) => `${id} ${mode}`))], expected)
  })

  test('every profile has its own id', () => {
    for (const id of SERVER_IDS) assert.equal(profileOf(id).id, id)
  })
})
