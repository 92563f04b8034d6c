import assert from 'node:assert/strict'
import type { CompletionRequest } from '../../../../src/completions/index.ts'
import type { ServerId } from '../../../../src/servers/profile.ts'
import { REQUEST } from '../../completions/support.ts'
import { isError } from '../../../support/wording.ts'
import { dialectOf } from './support.ts'

/** The body of a request that is not streamed */
function sent(id: ServerId, mode: 'field' | 'off', request: Partial<CompletionRequest>): object {
  return dialectOf(id, mode).encode({ ...REQUEST, ...request }, false)
}

const VERTEX = '/v1/projects/p/locations/l/publishers/mistralai/models'

suite('Servers: request fields of other APIs', () => {
  const OWN: readonly [ServerId, 'field' | 'off'][] = [
    ['ollama', 'off'],
    ['llamacpp', 'field'],
    ['mistral', 'field'],
    ['vertex', 'field'],
    ['inception', 'field'],
    ['tabby', 'field'],
  ]

  test('accept one prompt as a string only', () => {
    for (const [id, mode] of OWN) {
      assert.deepEqual(sent(id, mode, { prompt: ['a'] }), sent(id, mode, { prompt: 'a' }))
      for (const prompt of [['a', 'b'], [1, 2], [[1, 2]], []]) {
        assert.throws(() => sent(id, mode, { prompt }), { kind: 'invalid_request' })
      }
    }
  })

  test('send stop sequences as a list', () => {
    assert.partialDeepStrictEqual(sent('llamacpp', 'field', { stop: 'a' }), { stop: ['a'] })
    assert.partialDeepStrictEqual(sent('ollama', 'off', { stop: 'a' }), {
      options: { stop: ['a'] },
    })
    assert.partialDeepStrictEqual(sent('together', 'off', { stop: 'a' }), { stop: ['a'] })
    assert.ok(!('stop' in sent('llamacpp', 'field', {})))
  })

  test('/infill always has a suffix', () => {
    assert.partialDeepStrictEqual(sent('llamacpp', 'field', {}), { input_suffix: '' })
  })

  test('Inception gets its defaults for stop sequences and presence_penalty replaced', () => {
    assert.partialDeepStrictEqual(sent('inception', 'field', {}), { stop: [], presence_penalty: 0 })
    const own = { stop: ['a'], presence_penalty: 0.5 }
    assert.partialDeepStrictEqual(sent('inception', 'field', own), own)
  })

  test('Inception’s API for edits gets no request', () => {
    for (const path of ['/v1/edit', '/v1/edit/completions']) {
      const dialect = dialectOf('inception', 'field', path)
      assert.throws(
        () => dialect.url(new URL('https://api.inceptionlabs.ai'), REQUEST, true),
        isError('invalid_request', /edits code and does not fill in the middle/),
      )
    }
  })

  test('Vertex AI has another verb without streaming, and a default model', () => {
    const dialect = dialectOf('vertex', 'field', '/v1/projects/p/locations/l')
    const { model: _, ...unnamed } = REQUEST
    const base = new URL('https://aiplatform.googleapis.com')
    assert.match(
      dialect.url(base, unnamed, false).pathname,
      /\/locations\/l\/.*\/codestral-2:rawPredict$/,
    )
    assert.partialDeepStrictEqual(dialect.encode(unnamed, false), { model: 'codestral-2' })
    assert.partialDeepStrictEqual(dialect.encode({ ...unnamed, model: 'codestral-2@001' }, false), {
      model: 'codestral-2',
    })
  })

  test('SGLang always has a suffix, to avoid "None" in the prompt', () => {
    assert.partialDeepStrictEqual(sent('sglang', 'field', {}), { suffix: '' })
  })

  test('Ollama gets at least one token, as 0 means no limit', () => {
    assert.partialDeepStrictEqual(sent('ollama', 'off', { max_tokens: 0 }), {
      options: { num_predict: 1 },
    })
    assert.partialDeepStrictEqual(sent('ollama', 'field', { max_tokens: 0 }), { max_tokens: 1 })
  })

  test('send no field that is not set', () => {
    assert.deepEqual(sent('ollama', 'off', {}), {
      model: 'm',
      prompt: 'let sum = ',
      raw: true,
      stream: false,
      options: { num_predict: 16 },
    })
    assert.deepEqual(sent('llamacpp', 'field', {}), {
      model: 'm',
      n_predict: 16,
      input_prefix: 'let sum = ',
      input_suffix: '',
      cache_prompt: true,
      stream: false,
    })
    assert.deepEqual(sent('tabby', 'off', {}), { segments: { prefix: 'let sum = ' } })
  })

  test('chat messages go to the chat API of each server', () => {
    const chat: readonly [id: ServerId, base: string, path: string][] = [
      ['openai', '/v1', '/v1/chat/completions'],
      ['ollama', '/', '/v1/chat/completions'],
      ['llamacpp', '/', '/v1/chat/completions'],
      ['llamacpp', '/proxy/v1', '/proxy/v1/chat/completions'],
      ['mistral', '/v1', '/v1/chat/completions'],
      ['inception', '/v1', '/v1/chat/completions'],
      ['deepseek', '/', '/chat/completions'],
      ['vertex', '/v1/projects/p/locations/l', `${VERTEX}/m:rawPredict`],
      ['azure', '/', '/openai/deployments/m/chat/completions?api-version=2024-10-21'],
      ['azure', '/openai/v1', '/openai/v1/chat/completions'],
    ]
    for (const [id, base, path] of chat) {
      const dialect = dialectOf(id, 'chat', base)
      const url = dialect.url(new URL('http://h'), REQUEST, false)
      assert.equal(`${url.pathname}${url.search}`, path, id)
      assert.ok('messages' in dialect.encode(REQUEST, false), id)
    }
    assert.deepEqual(dialectOf('azure', 'chat').authorization('k'), { 'api-key': 'k' })
  })

  test('Azure needs a deployment in the model or in the URL', () => {
    const { model: _, ...unnamed } = REQUEST
    const url = (path: string, request: CompletionRequest = unnamed) =>
      dialectOf('azure', 'off', path).url(new URL('https://r.openai.azure.com'), request, false)
        .href
    assert.throws(() => url('/'), { kind: 'invalid_request' })
    assert.match(url('/openai/deployments/d'), /\/d\/completions\?api-version=/)
    assert.match(url('/', { ...unnamed, model: 'a/b' }), /\/deployments\/a%2Fb\/completions/)
  })
})
