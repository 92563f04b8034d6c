import assert from 'node:assert/strict'
import { CompletionError } from '../../src/completions/index.ts'
import { errorMessage } from '../../src/ui/wording.ts'
import { english } from '../../src/ui/translate.ts'
import { isError } from '../support/wording.ts'
import { CONTEXT, ENDLESS, SHORT, useLiveClient, whole } from './client.ts'
import { startLlama, type LlamaServer, type LlamaOptions } from './llamaServer.ts'

suite('live: failures', () => {
  const client = useLiveClient()
  let server: LlamaServer | undefined

  async function start(options: LlamaOptions = {}): Promise<LlamaServer> {
    await server?.stop()
    server = await startLlama(options)
    return server
  }
  teardown(async () => {
    await server?.stop()
  })

  test('a server that crashes in the middle of a stream: the text stays, and the next run works', async () => {
    const crashing = await start({ endless: true })
    await crashing.ready()
    const { endpoint } = crashing
    const values = { ...ENDLESS, endpoint }
    let text = ''
    const read = async () => {
      for await (const piece of client().complete(CONTEXT, values)) {
        if (text === '' && piece.text !== '') await crashing.kill()
        text += piece.text
      }
    }
    await assert.rejects(
      read(),
      isError('cut', 'The connection was lost before the response was complete.'),
    )
    assert.notEqual(text, '')
    await assert.rejects(
      whole(client().complete(CONTEXT, { ...SHORT, endpoint, maxRetries: 0 })),
      isError('unreachable', /^Could not reach http:\/\/127\.0\.0\.1:\d+: /),
    )
    const restarted = await start({ port: Number(new URL(endpoint).port) })
    await restarted.ready()
    const { texts } = await whole(client().complete(CONTEXT, { ...SHORT, endpoint }))
    assert.notEqual(texts[0], '')
    assert.equal(client().requests.at(-1), 'POST /infill')
  })

  test('a wrong API key is rejected in words, and the right one works at once', async () => {
    const starting = await start({ apiKey: 'right' })
    await starting.ready()
    const { endpoint } = starting
    const { origin, host } = new URL(endpoint)
    const values = { ...SHORT, endpoint }
    for (const key of [null, 'wrong']) {
      if (key !== null) await client().keys.set(origin, key)
      await assert.rejects(
        whole(client().complete(CONTEXT, values)),
        isError('authentication', `${host} responded with 401: Invalid API Key`),
      )
    }
    await client().keys.set(origin, 'right')
    const { texts } = await whole(client().complete(CONTEXT, values))
    assert.notEqual(texts[0], '')
    assert.equal(client().requests.at(-1), 'POST /infill')
  })

  for (const model of ['', 'live-model']) {
    const named = model === '' ? 'without a model' : 'with a model'

    test(`a server that is loading, ${named} in the settings: reported, and not remembered`, async function run() {
      const starting = await start()
      const { endpoint } = starting
      const values = { ...SHORT, endpoint, model, maxRetries: 0 }
      const error: unknown = await whole(client().complete(CONTEXT, values)).catch(
        (reason: unknown) => reason,
      )
      // The model was loaded before the request.
      if (!(error instanceof CompletionError)) return this.skip()
      assert.equal(
        errorMessage(error, english),
        `${new URL(endpoint).host} responded with 503: Loading model. The server is busy or still loading its model. Try again in a moment.`,
      )
      await starting.ready()
      const { texts } = await whole(client().complete(CONTEXT, values))
      assert.notEqual(texts[0], '')
      assert.equal(client().requests.at(-1), 'POST /infill')
    })

    test(`a server that is loading, ${named} in the settings: retries wait for it`, async () => {
      const { endpoint } = await start()
      const values = { ...SHORT, endpoint, model, maxRetries: 10 }
      const first = await whole(client().complete(CONTEXT, values))
      assert.notEqual(first.texts[0], '')
      const second = await whole(client().complete(CONTEXT, values))
      assert.notEqual(second.texts[0], '')
      assert.equal(client().requests.at(-1), 'POST /infill')
    })
  }
})
