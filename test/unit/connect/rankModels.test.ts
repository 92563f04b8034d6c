import assert from 'node:assert/strict'
import { onlyModel, rankModels } from '../../../src/connect/rankModels.ts'
import type { ModelInfo } from '../../../src/servers/models.ts'

const model = (id: string, infill: ModelInfo['infill'] = 'unknown'): ModelInfo => ({ id, infill })

suite('the order of models', () => {
  test('puts first what fills in the middle, and last what writes no text', () => {
    const models = [
      model('nomic-embed-text'),
      model('llama3.2', 'no'),
      model('my-model:20b'),
      model('qwen2.5-coder:1.5b', 'yes'),
      model('bge-reranker'),
      model('starcoder2'),
    ]
    assert.deepEqual(
      rankModels(models, '').map(({ id }) => id),
      [
        'qwen2.5-coder:1.5b',
        'starcoder2',
        'my-model:20b',
        'llama3.2',
        'nomic-embed-text',
        'bge-reranker',
      ],
    )
  })

  test('puts the preferred one before all others', () => {
    const models = [model('qwen2.5-coder', 'yes'), model('tiny')]
    assert.deepEqual(
      rankModels(models, 'tiny').map(({ id }) => id),
      ['tiny', 'qwen2.5-coder'],
    )
  })

  test('needs no question where only one model writes text', () => {
    assert.equal(onlyModel([model('a'), model('text-embedding-3-small')]), 'a')
    assert.equal(onlyModel([model('a'), model('a')]), 'a')
    assert.equal(onlyModel([model('a'), model('b')]), null)
    assert.equal(onlyModel([model('whisper-1')]), null)
    assert.equal(onlyModel([]), null)
  })

  for (const id of [
    'nomic-embed-text:latest',
    'text-embedding-ada-002',
    'BAAI/bge-m3',
    'jina-reranker-v2',
    'omni-moderation-latest',
    'whisper-1',
    'gpt-4o-mini-tts',
    'dall-e-3',
    'black-forest-labs/FLUX.1-schnell',
    'all-minilm',
    'mxbai-embed-large',
    'codestral-embed',
  ]) {
    test(`${id} writes no text`, () => assert.equal(onlyModel([model(id)]), null))
  }

  for (const id of [
    'qwen2.5-coder',
    'codestral-2501',
    'gpt-3.5-turbo-instruct',
    'eclipse-coder',
    'deepseek-chat',
  ]) {
    test(`${id} writes text`, () => assert.equal(onlyModel([model(id)]), id))
  }
})
