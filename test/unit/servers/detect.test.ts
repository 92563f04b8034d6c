import assert from 'node:assert/strict'
import { detectByModels, detectByUrl, hintByPort } from '../../../src/servers/detect.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import newer from '../../fixtures/llama-server/2026-09.json' with { type: 'json' }
import newest from '../../fixtures/llama-server/2026-11-v0.5.0.json' with { type: 'json' }
import older from '../../fixtures/llama-server/2025-02.json' with { type: 'json' }

const none = () => undefined
const owned = (...owners: unknown[]) => ({
  object: 'list',
  data: owners.map((owned_by) => ({ id: 'a', object: 'model', created: 1, owned_by })),
})

suite('Servers: detection by URL', () => {
  const hosts: readonly [url: string, id: ServerId | null][] = [
    ['https://api.openai.com/v1', 'openai'],
    ['https://r.openai.azure.com', 'azure'],
    ['https://api.mistral.ai/v1', 'mistral'],
    ['https://codestral.mistral.ai/v1', 'mistral'],
    ['https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l', 'vertex'],
    ['https://aiplatform.googleapis.com/v1/projects/p/locations/global', 'vertex'],
    ['https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu', 'vertex'],
    ['https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi', null],
    ['https://aiplatform.googleapis.com.example.org', null],
    ['https://api.inceptionlabs.ai/v1', 'inception'],
    ['https://api.siliconflow.cn/v1', 'siliconflow'],
    ['https://api.siliconflow.com/v1', 'siliconflow'],
    ['https://api.ap.siliconflow.com/v1', 'siliconflow'],
    ['https://API.DeepSeek.com/beta', 'deepseek'],
    ['https://api.together.xyz/v1', 'together'],
    ['https://api.together.ai/v1', 'together'],
    ['https://api.fireworks.ai/inference/v1', 'fireworks'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['https://openai.azure.com.example.org', null],
    ['https://example.org/api.openai.com', null],
    ['http://127.0.0.1:11434/v1', null],
    ['http://127.0.0.1:1234/v1', null],
  ]
  for (const [url, id] of hosts) {
    test(`${url}: ${id ?? 'unknown'}`, () => assert.equal(detectByUrl(new URL(url)), id))
  }

  test('hints by port only where a wrong guess is harmless', () => {
    const hints = [1234, 5000, 5001, 8000, 8080, 11434].map((port) =>
      hintByPort(new URL(`http://127.0.0.1:${port}/v1`)),
    )
    assert.deepEqual(hints, ['lmstudio', 'textgen', 'koboldcpp', null, null, null])
    for (const id of hints) {
      if (id === null) continue
      // The same as any gateway, except that no suffix is sent.
      const { field, dialects, models } = profileOf(id)
      assert.deepEqual([field, dialects, models], ['never', undefined, undefined])
    }
  })
})

suite('Servers: detection by the list of models', () => {
  const lists: readonly [name: string, list: unknown, id: ServerId | null][] = [
    ['vLLM', owned('vllm', 'vllm'), 'vllm'],
    ['SGLang', owned('sglang'), 'sglang'],
    ['llama.cpp', owned('llamacpp'), 'llamacpp'],
    ['Ollama', owned('library'), 'ollama'],
    ['Ollama, with models of other namespaces', owned('someone', 'library'), 'ollama'],
    ['KoboldCpp', owned('koboldcpp'), 'koboldcpp'],
    ['LM Studio', owned('organization_owner'), 'lmstudio'],
    ['llama-cpp-python', owned('me'), 'llama-cpp-python'],
    ['text-generation-webui', owned('user'), 'textgen'],
    ['the built-in endpoint', owned('infill'), 'builtin'],
    ['Ollama’s own list', { models: [{ name: 'a', digest: 'x', details: {} }] }, 'ollama'],
    ['TabbyAPI, which is not Tabby', owned('tabbyAPI'), null],
    ['OpenAI or a gateway', owned('openai', 'system'), null],
    ['a gateway to several servers', owned('vllm', 'sglang'), null],
    ['a gateway to a known server and an unknown one', owned('vllm', 'acme'), null],
    ['no owner', owned(undefined, null), null],
    ['no models', owned(), null],
    ['an error', { error: 'no' }, null],
    ['null', null, null],
  ]
  for (const [name, list, id] of lists) {
    test(name, () => assert.equal(detectByModels(list, none), id))
  }

  const recordings = { '2025-02': older, '2026-09': newer, '2026-11 v0.5.0': newest }
  for (const [version, exchanges] of Object.entries(recordings)) {
    test(`recorded list of llama-server ${version}`, () => {
      const body = exchanges.find(({ name }) => name === 'x-models')?.body ?? ''
      assert.equal(detectByModels(JSON.parse(body), none), 'llamacpp')
    })
  }

  test('a header takes precedence over owners', () => {
    const only = (name: string, value: string) => (requested: string) =>
      requested === name ? value : undefined
    assert.equal(detectByModels(owned('acme'), only('server', 'llama.cpp')), 'llamacpp')
    assert.equal(detectByModels(owned('openai'), only('x-litellm-version', '1.80')), 'litellm')
    assert.equal(detectByModels(owned('vllm'), only('x-litellm-call-id', 'x')), 'litellm')
    assert.equal(detectByModels(owned('vllm'), only('server', 'uvicorn')), 'vllm')
  })
})
