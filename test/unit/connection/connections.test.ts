import assert from 'node:assert/strict'
import { createClient, createTransport, type Transport } from '../../../src/completions/index.ts'
import { createConnections, type Connections } from '../../../src/connection/connections.ts'
import { parseSettings, type Settings } from '../../../src/settings/settings.ts'
import { json } from '../../support/answers.ts'
import {
  hold,
  startServer,
  type Answer,
  type RecordedRequest,
  type ScriptedServer,
} from '../../support/sseServer.ts'

const LLAMACPP = json({ data: [{ id: 'm', owned_by: 'llamacpp' }] })
const LOADING = json({ error: { message: 'Loading model', code: 503 } }, 503)

suite('connections', () => {
  let transport: Transport
  let server: ScriptedServer
  let answer: Answer
  let respond: (request: RecordedRequest) => Answer

  setup(async () => {
    transport = await createTransport()
    respond = () => answer
    server = await startServer((request) => respond(request))
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  function connections(): Connections {
    const { send } = transport
    return createConnections({
      connect: async (settings) => {
        const requestOptions = { base: server.url, apiKey: null }
        const client = () => createClient({ ...settings, ...requestOptions, send })
        return { base: server.url, requestOptions, send, client }
      },
    })
  }
  const settings = (values: Partial<Settings> = {}): Settings => {
    const all: Record<string, unknown> = { endpoint: server.url.href, ...values }
    return parseSettings((name) => all[name])
  }
  const never = new AbortController().signal

  test('detect a server once; cancelling the first caller does not affect the second', async () => {
    answer = { before: [hold], body: [] }
    const shared = connections()
    const first = new AbortController()
    const one = shared.connect(settings(), first.signal)
    const two = shared.connect(settings(), never)
    const request = await server.received(0)
    first.abort()
    await assert.rejects(one, { name: 'AbortError' })
    assert.equal(server.requests.length, 1)
    const ended = await Promise.race([
      request.closed.then(() => true),
      two.then(() => true),
      pause(),
    ])
    assert.equal(ended, false)
    void two.catch(() => undefined)
  })

  test('cancel the detection when nobody waits for it, and restart it later', async () => {
    answer = { before: [hold], body: [] }
    const shared = connections()
    const abort = new AbortController()
    const waiting = shared.connect(settings(), abort.signal)
    const request = await server.received(0)
    abort.abort()
    await assert.rejects(waiting, { name: 'AbortError' })
    await request.closed
    answer = LLAMACPP
    assert.equal((await shared.connect(settings(), never)).profile.id, 'llamacpp')
  })

  test('keep the detection that replaced a cancelled one', async () => {
    answer = { before: [hold], body: [] }
    const shared = connections()
    const abort = new AbortController()
    const cancelled = shared.connect(settings(), abort.signal)
    await server.received(0)
    abort.abort()
    await assert.rejects(cancelled, { name: 'AbortError' })
    const second = new AbortController()
    const replacing = shared.connect(settings(), second.signal)
    await server.received(1)
    const joining = shared.connect(settings(), second.signal)
    await pause()
    assert.equal(server.requests.length, 2)
    second.abort()
    await assert.rejects(replacing, { name: 'AbortError' })
    await assert.rejects(joining, { name: 'AbortError' })
  })

  test('do not remember the response of a server that is loading', async () => {
    const shared = connections()
    answer = LOADING
    assert.equal((await shared.connect(settings(), never)).profile.id, 'openai')
    answer = LLAMACPP
    assert.equal((await shared.connect(settings(), never)).profile.id, 'llamacpp')
    assert.equal((await shared.connect(settings(), never)).profile.id, 'llamacpp')
    assert.equal(server.requests.length, 2)
  })

  test('a detection that gets no response does not end the run, and is not remembered', async function () {
    this.timeout(5000)
    answer = { before: [hold], body: [] }
    const shared = connections()
    const start = performance.now()
    const found = await shared.connect(settings(), never)
    assert.deepEqual([found.profile.id, found.isCertain], ['openai', false])
    assert.ok(performance.now() - start < 3000)
    answer = LLAMACPP
    assert.equal((await shared.connect(settings(), never)).profile.id, 'llamacpp')
  })

  for (const status of [401, 403, 404, 429, 500]) {
    test(`a detection with status ${status} does not end the run`, async () => {
      answer = { status, body: [] }
      assert.equal((await connections().connect(settings(), never)).profile.id, 'openai')
    })
  }

  test('recognize a llama-server that is loading by its header', async () => {
    answer = { ...LOADING, headers: { server: 'llama.cpp' } }
    const found = await connections().connect(settings(), never)
    assert.deepEqual([found.profile.id, found.isCertain], ['llamacpp', false])
  })

  suite('to Ollama', () => {
    const ollama = (loaded: object[], parameters?: string): void => {
      respond = ({ path }) => {
        if (path.endsWith('/api/ps')) return json({ models: loaded })
        if (path.endsWith('/api/show') && parameters !== undefined) return json({ parameters })
        return json({ error: 'not found' }, 404)
      }
    }
    const loaded = (name: string): object => ({
      name,
      digest: 'x',
      details: {},
      context_length: 4096,
    })
    const connected = (model = 'm') =>
      connections().connect(settings({ server: 'ollama', model }), never)

    test('know the context of the loaded model', async () => {
      ollama([loaded('other'), loaded('m')], 'num_ctx 8192')
      const { context, isCertain } = await connected()
      assert.deepEqual([context, isCertain], [4096, true])
    })

    test('know it by the name without a tag', async () => {
      ollama([loaded('m:latest')])
      const { context, isCertain } = await connected()
      assert.deepEqual([context, isCertain], [4096, true])
    })

    test('know the context that a model is going to have, and ask again', async () => {
      ollama([loaded('other')], 'stop                           "<|end|>"\nnum_ctx    8192')
      const { context, isCertain } = await connected()
      assert.deepEqual([context, isCertain], [8192, false])
      const { method, body } = await server.received(1)
      assert.deepEqual([method, body], ['POST', { model: 'm' }])
    })

    for (const [name, parameters] of [
      ['its file does not set it', 'temperature 0.7'],
      ['it is no number', 'num_ctx many'],
      ['nothing describes it', undefined],
    ] as const) {
      test(`do not know it when ${name}`, async () => {
        ollama([], parameters)
        const { context, isCertain } = await connected()
        assert.deepEqual([context, isCertain], [undefined, false])
      })
    }
  })

  test('detect again for another server setting or another model', async () => {
    answer = LLAMACPP
    const shared = connections()
    await shared.connect(settings(), never)
    await shared.connect(settings({ model: 'other' }), never)
    await shared.connect(settings({ server: 'vllm' }), never)
    assert.equal(server.requests.length, 3)
  })
})

async function pause(): Promise<false> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100)
  })
  return false
}
