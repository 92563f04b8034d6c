import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import { examine, type Examined } from '../../../src/connect/examine.ts'
import { liveTest, type LiveTest } from '../../../src/connect/liveTest.ts'
import { findLocal, LOCAL_SERVERS } from '../../../src/connect/localServers.ts'
import { rankModels } from '../../../src/connect/rankModels.ts'
import recorded from '../../fixtures/llama-server/2026-11-v0.5.0.json' with { type: 'json' }
import recorded2025 from '../../fixtures/llama-server/2025-02.json' with { type: 'json' }
import { json, page } from '../../support/answers.ts'
import { answer, lmStudio, notFound, ollama } from '../../support/serverShapes.ts'
import {
  hold,
  startServer,
  type Answer,
  type RecordedRequest,
  type ScriptedServer,
} from '../../support/sseServer.ts'
import { isError } from '../../support/wording.ts'
import { NOTHING_LEARNED, settingsOf, wireTo } from './support.ts'

const never = new AbortController().signal

/** A recorded response of a real llama-server, with the header that it sends */
function llama(name: string): Answer {
  const found = recorded.find((each) => each.name === name)
  assert.ok(found !== undefined, name)
  const { body, status, contentType } = found
  return {
    ...page(body, status, contentType),
    headers: { 'content-type': contentType, server: 'llama.cpp' },
  }
}

function llamaServer({ path }: RecordedRequest): Answer {
  if (path === '/v1/models') return llama('x-models')
  return path === '/infill' ? llama('i-grammar-stream') : notFound
}

/** A llama-server with a model without FIM tokens */
function llamaWithoutFim({ path }: RecordedRequest): Answer {
  if (path === '/v1/models') return llama('x-models')
  if (path === '/infill') return llama('i-nofim-stream')
  return path === '/v1/completions' ? llama('c-grammar-stream') : notFound
}

function vllm({ path, body }: RecordedRequest): Answer {
  if (path === '/v1/models') {
    const id = 'bigcode/starcoder2-3b'
    return json({
      object: 'list',
      data: [{ id, object: 'model', owned_by: 'vllm', max_model_len: 16384 }],
    })
  }
  if (path !== '/v1/completions') return notFound
  return 'suffix' in (body as object)
    ? json(
        {
          error: {
            message: 'suffix is not currently supported',
            type: 'BadRequestError',
            code: 400,
          },
        },
        400,
      )
    : answer
}

suite('the servers of “Connect a Model…”, in their shapes', () => {
  let transport: Transport
  const open: ScriptedServer[] = []

  setup(async () => {
    transport = await createTransport()
    await findLocal(transport.send, never, [])
  })
  teardown(async () => {
    await transport.close()
    await Promise.all(open.splice(0).map((server) => server.close()))
  })

  async function serve(script: Parameters<typeof startServer>[0]): Promise<ScriptedServer> {
    const server = await startServer(script)
    open.push(server)
    return server
  }

  const look = (
    urls: readonly string[],
    apiKey: string | null = null,
    signal = never,
  ): Promise<Examined> =>
    examine({
      urls,
      server: 'auto',
      wire: async (endpoint) => wireTo(settingsOf({ endpoint }), apiKey, transport),
      signal,
    })

  function tryOut({ endpoint, profile, models }: Examined, model: string): Promise<LiveTest> {
    const settings = settingsOf({ endpoint })
    const context = models.find(({ id }) => id === model)?.contextLength
    const wire = wireTo(settings, null, transport)
    const connection = { ...wire, profile, model, context, isCertain: true }
    return liveTest({
      connection,
      settings,
      capabilities: NOTHING_LEARNED,
      signal: never,
    })
  }

  const expectations: readonly [
    title: string,
    script: (request: RecordedRequest) => Answer,
    server: Examined['server'],
    /** In their order */
    models: readonly string[],
    result: Pick<LiveTest, 'suffix' | 'context'>,
  ][] = [
    [
      'Ollama',
      ollama,
      'ollama',
      ['mine', 'llama3.2'],
      { suffix: { mode: 'field' }, context: 4096 },
    ],
    [
      'llama.cpp',
      llamaServer,
      'llamacpp',
      ['tiny-fim'],
      { suffix: { mode: 'field' }, context: 1024 },
    ],
    [
      'LM Studio',
      lmStudio,
      'lmstudio',
      ['qwen2.5-coder-7b', 'text-embedding-nomic'],
      { suffix: { mode: 'template', template: 'qwen' }, context: null },
    ],
    [
      'vLLM',
      vllm,
      'vllm',
      ['bigcode/starcoder2-3b'],
      { suffix: { mode: 'template', template: 'starcoder' }, context: 16384 },
    ],
  ]
  for (const [title, script, id, models, { suffix, context }] of expectations) {
    test(`${title} is found, its models are in order, and one works`, async () => {
      const server = await serve(script)
      const row = LOCAL_SERVERS.find((each) => each.title === title)
      assert.ok(row !== undefined)
      const [found] = await findLocal(transport.send, never, [
        { ...row, port: Number(server.url.port) },
      ])
      assert.deepEqual(
        [found?.title, found?.server, found?.models, found?.state],
        [title, id, models.length, 'ready'],
      )
      const examined = await look([found?.endpoint ?? ''])
      assert.deepEqual([examined.server, examined.isLoading], [id, false])
      const ranked = rankModels(examined.models, '')
      assert.deepEqual(
        ranked.map((each) => each.id),
        models,
      )
      const result = await tryOut(examined, models[0] ?? '')
      assert.deepEqual([result.text, result.suffix, result.context], ['a + b', suffix, context])
    })
  }

  test('a model of Ollama that does not fill in the middle is tried with the text before the cursor', async () => {
    const server = await serve(ollama)
    const result = await tryOut(await look([`${server.url.origin}/v1`]), 'llama3.2')
    assert.deepEqual([result.text, result.suffix], ['a + b', { mode: 'off' }])
  })

  test('a model of llama.cpp without FIM tokens is tried with the text before the cursor', async () => {
    const server = await serve(llamaWithoutFim)
    const result = await tryOut(await look([`${server.url.origin}/v1`]), 'tiny')
    assert.deepEqual([result.text, result.suffix], ['a + b', { mode: 'off' }])
  })

  test('a recorded llama-server of 2025 is found as well', async () => {
    const list = recorded2025.find(({ name }) => name === 'x-models')?.body ?? ''
    const server = await serve(page(list, 200, 'application/json'))
    const [row] = LOCAL_SERVERS.filter(({ title }) => title === 'llama.cpp')
    assert.ok(row !== undefined)
    const [found] = await findLocal(transport.send, never, [
      { ...row, port: Number(server.url.port) },
    ])
    assert.deepEqual([found?.title, found?.models], ['llama.cpp', 1])
  })

  test('a llama-server that is loading or requires a key says so', async () => {
    const loading = await serve(llama('x-loading-models'))
    const examined = await look([`${loading.url.origin}/v1`])
    assert.deepEqual([examined.server, examined.isLoading], ['llamacpp', true])
    const locked = await serve(llama('x-key-models'))
    await assert.rejects(
      look([`${locked.url.origin}/v1`, locked.url.origin]),
      isError('authentication', /Invalid API Key$/),
    )
  })

  test('of two URLs, the one with a list of models counts', async () => {
    const server = await serve(({ path }) =>
      path === '/models' ? vllm({ path: '/v1/models' } as RecordedRequest) : notFound,
    )
    const { origin } = server.url
    assert.equal((await look([`${origin}/v1`, origin])).endpoint, origin)
  })

  test('a list is not kept waiting by the other URL', async () => {
    const server = await serve(({ path }) =>
      path === '/v1/models' ? vllm({ path } as RecordedRequest) : { before: [hold], body: [] },
    )
    const { origin } = server.url
    const start = performance.now()
    assert.equal((await look([`${origin}/v1`, origin])).endpoint, `${origin}/v1`)
    assert.ok(performance.now() - start < 1000)
    const waiting = server.requests.filter(({ path }) => path === '/models')
    await Promise.all(waiting.map(({ closed }) => closed))
  })

  test('of two URLs without a list, the first one counts', async () => {
    const { url } = await serve(notFound)
    const found = await look([`${url.origin}/v1`, url.origin])
    assert.deepEqual([found.endpoint, found.server, found.models], [`${url.origin}/v1`, 'auto', []])
  })

  test('an error at one of two URLs does not hide the other', async () => {
    const server = await serve(({ path }) =>
      path === '/v1/models' ? vllm({ path } as RecordedRequest) : json({ error: 'log in' }, 401),
    )
    const { origin } = server.url
    assert.equal((await look([`${origin}/v1`, origin])).endpoint, `${origin}/v1`)
  })

  test('the key goes to the server that is examined, and is not followed by redirects', async () => {
    const elsewhere = await serve(notFound)
    const headers = { location: `${elsewhere.url.origin}/v1/models` }
    const server = await serve({ status: 307, headers, body: [] })
    await look([`${server.url.origin}/v1`], 'sk-key').catch(() => undefined)
    assert.equal(server.requests[0]?.headers.authorization, 'Bearer sk-key')
    assert.equal(elsewhere.requests.length, 0)
  })

  test('can be cancelled', async () => {
    const server = await serve({ before: [hold], body: [] })
    const abort = new AbortController()
    const looking = look([`${server.url.origin}/v1`], null, abort.signal)
    const request = await server.received()
    abort.abort()
    await assert.rejects(looking, { name: 'AbortError' })
    await request.closed
  })
})
