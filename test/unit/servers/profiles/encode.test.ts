import assert from 'node:assert/strict'
import type { CompletionRequest } from '../../../../src/completions/index.ts'
import type { ServerId } from '../../../../src/servers/profile.ts'
import { REQUEST } from '../../completions/support.ts'
import { dialectOf } from './support.ts'

/** The body of a request that is not streamed */
function sent(id: ServerId, mode: 'field' | 'off', request: Partial<CompletionRequest>): object {
  return dialectOf(id, mode).encode({ ...REQUEST, ...request }, false)
}

suite('Servers: request fields of other APIs', () => {
  const OWN: readonly [ServerId, 'field' | 'off'][] = [
    ['ollama', 'off'],
    ['llamacpp', 'field'],
    ['mistral', 'field'],
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

  test('Azure needs a deployment in the model or in the URL', () => {
    const { model: _, ...unnamed } = REQUEST
    const url = (path: string, request: CompletionRequest = unnamed) =>
      dialectOf('azure', 'off', path).url(new URL('https://r.openai.azure.com'), request).href
    assert.throws(() => url('/'), { kind: 'invalid_request' })
    assert.match(url('/openai/deployments/d'), /\/d\/completions\?api-version=/)
    assert.match(url('/', { ...unnamed, model: 'a/b' }), /\/deployments\/a%2Fb\/completions/)
  })
})
