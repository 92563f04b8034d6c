import assert from 'node:assert/strict'
import { CONTEXT, SHORT, useLiveClient, whole } from './client.ts'
import { llamaHere, useLlama } from './llamaServer.ts'

suite('live: suffix, model with FIM tokens', () => {
  const server = useLlama()
  const client = useLiveClient()

  for (const stream of [true, false]) {
    test(`sends the suffix to /infill, ${stream ? 'streamed' : 'whole'}`, async () => {
      const values = { ...SHORT, endpoint: server().endpoint, stream }
      const { texts, end } = await whole(client().complete(CONTEXT, values))
      assert.equal(texts.length, 1)
      assert.notEqual(texts[0], '')
      assert.deepEqual(end, { by: 'server', reason: 'length' })
      assert.deepEqual(client().requests, ['GET /v1/models', 'POST /infill'])
      assert.deepEqual(client().notices, [])
    })
  }

  test('sends a prompt without suffix to /v1/completions', async () => {
    const values = { ...SHORT, endpoint: server().endpoint }
    const { texts } = await whole(client().complete({ ...CONTEXT, suffix: '' }, values))
    assert.notEqual(texts[0], '')
    assert.deepEqual(client().requests, ['GET /v1/models', 'POST /v1/completions'])
  })

  test('renders the template if the setting requires it', async () => {
    const values = {
      ...SHORT,
      endpoint: server().endpoint,
      suffix: 'template',
      template: 'starcoder',
    }
    const { texts } = await whole(client().complete(CONTEXT, values))
    assert.notEqual(texts[0], '')
    assert.deepEqual(client().requests, ['GET /v1/models', 'POST /v1/completions'])
  })
})

const { modelWithoutFim } = llamaHere()

for (const [alias, fallback, notice] of [
  ['tiny', 'only the prompt', /Only the text before the cursor is sent\.$/],
  [
    'qwen2.5-coder',
    'the template of the model',
    /tokens of the model \(qwen\) are used instead\.$/,
  ],
] as const) {
  const define = modelWithoutFim === undefined ? suite.skip : suite
  define(`live: suffix, model "${alias}" without FIM tokens`, () => {
    const server = useLlama({ alias, ...(modelWithoutFim && { model: modelWithoutFim }) })
    const client = useLiveClient()

    test(`sends ${fallback} after status 501, and remembers it`, async () => {
      const values = { ...SHORT, endpoint: server().endpoint }
      const first = await whole(client().complete(CONTEXT, values))
      assert.notEqual(first.texts[0], '')
      assert.equal(client().notices.length, 1)
      assert.match(client().notices[0] ?? '', notice)
      const second = await whole(client().complete(CONTEXT, values))
      assert.notEqual(second.texts[0], '')
      assert.equal(client().notices.length, 1)
      assert.deepEqual(client().requests, [
        'GET /v1/models',
        'POST /infill',
        'POST /v1/completions',
        'POST /v1/completions',
      ])
    })
  })
}
