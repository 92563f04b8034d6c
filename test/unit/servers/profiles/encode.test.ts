import assert from 'node:assert/strict'
import type { CompletionRequest } from '../../../../src/completions/index.ts'
import type { ServerId } from '../../../../src/servers/profile.ts'
import { REQUEST } from '../../completions/support.ts'
import { dialectOf } from './support.ts'

/** Some fields of what goes out, whole and not streamed */
function sent(id: ServerId, way: 'field' | 'off', request: Partial<CompletionRequest>): object {
  return dialectOf(id, way).encode({ ...REQUEST, ...request }, false)
}

suite('Servers: what their own APIs want otherwise', () => {
  const OWN: readonly [ServerId, 'field' | 'off'][] = [
    ['ollama', 'off'],
    ['llamacpp', 'field'],
    ['mistral', 'field'],
    ['tabby', 'field'],
  ]

  test('take one prompt, as text', () => {
    for (const [id, way] of OWN) {
      assert.deepEqual(sent(id, way, { prompt: ['a'] }), sent(id, way, { prompt: 'a' }))
      for (const prompt of [['a', 'b'], [1, 2], [[1, 2]], []]) {
        assert.throws(() => sent(id, way, { prompt }), { kind: 'invalid_request' })
      }
    }
  })

  test('stop sequences are a list', () => {
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

  test('SGLang has a suffix always, or it writes "None"', () => {
    assert.partialDeepStrictEqual(sent('sglang', 'field', {}), { suffix: '' })
  })

  test('no tokens are not all tokens', () => {
    assert.partialDeepStrictEqual(sent('ollama', 'off', { max_tokens: 0 }), {
      options: { num_predict: 1 },
    })
    assert.partialDeepStrictEqual(sent('ollama', 'field', { max_tokens: 0 }), { max_tokens: 1 })
  })

  test('what is not set is not sent', () => {
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

  test('Azure needs a deployment, by name or in the URL', () => {
    const { model: _, ...unnamed } = REQUEST
    const url = (path: string, request: CompletionRequest = unnamed) =>
      dialectOf('azure', 'off', path).url(new URL('https://r.openai.azure.com'), request).href
    assert.throws(() => url('/'), { kind: 'invalid_request' })
    assert.match(url('/openai/deployments/d'), /\/d\/completions\?api-version=/)
    assert.match(url('/', { ...unnamed, model: 'a/b' }), /\/deployments\/a%2Fb\/completions/)
  })
})
