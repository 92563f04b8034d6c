import assert from 'node:assert/strict'
import { listModels } from '../../src/connection/detectServer.ts'
import { parseModels } from '../../src/servers/models.ts'
import { CONTEXT, SHORT, useLiveClient, whole } from './client.ts'
import { useLlama } from './llamaServer.ts'

suite('live: detection', () => {
  const server = useLlama({ alias: 'live-model', context: 2048, slots: 2 })
  const client = useLiveClient()
  const { signal } = new AbortController()

  for (const path of ['/v1', '', '/v1/completions']) {
    test(`recognizes llama-server at ${path || 'the origin'}`, async () => {
      const endpoint = server().endpoint.replace('/v1', path)
      const settings = client().settings({ endpoint })
      const { profile, model } = await client().connections.connect(settings, signal)
      assert.equal(profile.id, 'llamacpp')
      assert.equal(model, 'live-model')
      const { texts } = await whole(client().complete(CONTEXT, { ...SHORT, endpoint }))
      assert.notEqual(texts[0], '')
      const models = path === '' ? 'GET /models' : 'GET /v1/models'
      assert.deepEqual(client().requests, [models, 'POST /infill'])
    })
  }

  test('reads the context length of one slot from the list of models', async () => {
    const settings = client().settings({ endpoint: server().endpoint })
    const connection = await client().connections.connect(settings, signal)
    const { list } = await listModels(connection, connection.profile, signal)
    const [model] = parseModels(list?.json)
    assert.deepEqual(model, { id: 'live-model', infill: 'unknown', contextLength: 1024 })
  })
})
