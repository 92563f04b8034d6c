import assert from 'node:assert/strict'
import { modelsUrl, parseModels, type ModelInfo } from '../../../src/servers/models.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import newer from '../../fixtures/llama-server/2026-09.json' with { type: 'json' }
import newest from '../../fixtures/llama-server/2026-11-v0.5.0.json' with { type: 'json' }
import older from '../../fixtures/llama-server/2025-02.json' with { type: 'json' }

function recorded(exchanges: readonly { name: string; body: string }[]): unknown {
  return JSON.parse(exchanges.find(({ name }) => name === 'x-models')?.body ?? '')
}

const details = { format: 'gguf', family: 'qwen2' }

suite('Servers: lists of models', () => {
  const urls: readonly [id: ServerId, base: string, url: string | null][] = [
    ['openai', 'https://api.openai.com/v1', 'https://api.openai.com/v1/models'],
    ['vllm', 'http://h:8000/v1/?a=b', 'http://h:8000/v1/models?a=b'],
    ['mistral', 'https://api.mistral.ai/v1', 'https://api.mistral.ai/v1/models'],
    ['ollama', 'http://h:11434/v1', 'http://h:11434/api/tags'],
    ['llamacpp', 'http://h:8080', 'http://h:8080/v1/models'],
    ['deepseek', 'https://api.deepseek.com/beta', 'https://api.deepseek.com/models'],
    ['azure', 'https://r.openai.azure.com', null],
    ['tabby', 'http://h:8080/v1', null],
  ]
  for (const [id, base, url] of urls) {
    test(`${id} at ${base}`, () => {
      assert.equal(modelsUrl(profileOf(id), new URL(base))?.href ?? null, url)
    })
  }

  const lists: readonly [name: string, list: unknown, models: ModelInfo[]][] = [
    [
      'the API',
      { object: 'list', data: [{ id: 'a', object: 'model', created: 1, owned_by: 'x' }] },
      [{ id: 'a', infill: 'unknown' }],
    ],
    [
      'vLLM, with the configured length',
      { data: [{ id: 'a', max_model_len: 8192, owned_by: 'vllm' }] },
      [{ id: 'a', infill: 'unknown', contextLength: 8192 }],
    ],
    [
      'llama.cpp of 2025, with the length of the training',
      recorded(older),
      [{ id: 'models/tiny-fim-starcoder.gguf', infill: 'unknown', contextLength: 4096 }],
    ],
    [
      'llama.cpp of 2026, which also imitates Ollama’s list',
      recorded(newer),
      [{ id: 'models/tiny-fim-starcoder.gguf', infill: 'unknown', contextLength: 4096 }],
    ],
    [
      'llama.cpp v0.5.0, with the length of one slot before that of the training',
      recorded(newest),
      [{ id: 'tiny-fim', infill: 'unknown', contextLength: 1024 }],
    ],
    [
      'llama.cpp, with the configured length before that of the training',
      { data: [{ id: 'a', meta: { n_ctx: 2048, n_ctx_train: 4096 } }] },
      [{ id: 'a', infill: 'unknown', contextLength: 2048 }],
    ],
    [
      'Ollama, with support for a suffix',
      {
        models: [
          { name: 'a:latest', digest: 'x', details, capabilities: ['completion', 'insert'] },
          { name: 'b:latest', digest: 'x', details, capabilities: ['completion'] },
          { name: 'c:latest', digest: 'x', details },
        ],
      },
      [
        { id: 'a:latest', infill: 'yes' },
        { id: 'b:latest', infill: 'no' },
        { id: 'c:latest', infill: 'unknown' },
      ],
    ],
    [
      'Mistral, with support for a suffix',
      {
        data: [
          { id: 'a', capabilities: { completion_fim: true }, max_context_length: 32768 },
          { id: 'b', capabilities: { completion_fim: false } },
          { id: 'c', capabilities: {} },
        ],
      },
      [
        { id: 'a', infill: 'yes', contextLength: 32768 },
        { id: 'b', infill: 'no' },
        { id: 'c', infill: 'unknown' },
      ],
    ],
    [
      'Together, as a plain array',
      [{ id: 'a', context_length: 4096 }],
      [{ id: 'a', infill: 'unknown', contextLength: 4096 }],
    ],
    ['a list with invalid entries', { data: [null, 'a', {}, { id: '' }, { id: 3 }] }, []],
    ['an error', { error: 'no' }, []],
    ['null', null, []],
  ]
  for (const [name, list, models] of lists) {
    test(`parses ${name}`, () => assert.deepEqual(parseModels(list), models))
  }
})
