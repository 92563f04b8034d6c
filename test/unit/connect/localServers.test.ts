import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import {
  findLocal,
  LOCAL_LIMIT,
  LOCAL_SERVERS,
  type FoundServer,
  type LocalServer,
} from '../../../src/connect/localServers.ts'
import { json, page } from '../../support/answers.ts'
import {
  hold,
  startServer,
  type Answer,
  type RecordedRequest,
  type ScriptedServer,
} from '../../support/sseServer.ts'
import { shortestOf } from '../../support/duration.ts'

const never = new AbortController().signal
const owned = (owned_by: string, ...ids: string[]): Answer =>
  json({ object: 'list', data: ids.map((id) => ({ id, object: 'model', owned_by })) })

/** Answers at these paths only */
const at =
  (answers: Record<string, Answer>) =>
  ({ path }: RecordedRequest): Answer =>
    answers[path] ?? json({ error: 'not found' }, 404)

suite('servers on this machine', () => {
  let transport: Transport
  const open: ScriptedServer[] = []

  setup(async () => {
    transport = await createTransport()
    // undici is loaded at the first request, which takes longer than a search.
    await found([])
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
  const found = (servers: readonly LocalServer[], signal = never): Promise<FoundServer[]> =>
    findLocal(transport.send, signal, servers)
  const portOf = ({ url }: ScriptedServer): number => Number(url.port)
  /** The row of the table for a server, at the port of a scripted one */
  const row = (title: string, port: number): LocalServer => {
    const known = LOCAL_SERVERS.find((each) => each.title === title)
    assert.ok(known !== undefined, title)
    return { ...known, port }
  }

  const tags = (...names: string[]): Answer =>
    json({ models: names.map((name) => ({ name, digest: 'abc', details: { family: 'qwen2' } })) })

  const shapes: readonly [
    title: string,
    script: Parameters<typeof startServer>[0],
    expected: Partial<FoundServer>,
  ][] = [
    [
      'Ollama',
      at({ '/api/tags': tags('qwen2.5-coder:1.5b', 'llama3.2') }),
      { server: 'ollama', models: 2 },
    ],
    ['Ollama', at({ '/api/tags': json({ models: [] }) }), { server: 'ollama', models: 0 }],
    [
      'llama.cpp',
      at({ '/v1/models': { ...owned('llamacpp', 'm'), headers: { server: 'llama.cpp' } } }),
      { server: 'llamacpp', models: 1 },
    ],
    [
      'LM Studio',
      at({ '/v1/models': owned('organization_owner', 'a', 'b') }),
      { server: 'lmstudio', models: 2 },
    ],
    ['LM Studio', at({ '/v1/models': owned('someone', 'a') }), { server: 'lmstudio', models: 1 }],
    ['vLLM', at({ '/v1/models': owned('vllm', 'm') }), { server: 'vllm', models: 1 }],
    ['SGLang', at({ '/v1/models': owned('sglang', 'm') }), { server: 'sglang', models: 1 }],
    [
      'KoboldCpp',
      at({ '/v1/models': owned('koboldcpp', 'm') }),
      { server: 'koboldcpp', models: 1 },
    ],
    ['Jan', at({ '/v1/models': owned('menlo', 'm') }), { server: 'auto', models: 1 }],
    [
      'text-generation-webui',
      at({ '/v1/models': owned('user', 'm') }),
      { server: 'textgen', models: 1 },
    ],
  ]
  for (const [title, script, expected] of shapes) {
    test(`finds ${title} with ${expected.models} models`, async () => {
      const server = await serve(script)
      const [only, ...others] = await found([row(title, portOf(server))])
      assert.deepEqual(others, [])
      const { models = null, server: id = 'auto' } = expected
      const endpoint = `${server.url.origin}/v1`
      assert.deepEqual(only, {
        title: id === 'textgen' || id === 'auto' ? only?.title : title,
        server: id,
        endpoint,
        models,
        state: 'ready',
      })
      if (id === 'auto') assert.equal(only?.title, title)
    })
  }

  test('tells servers apart that share a port', async () => {
    const localAi = await serve(
      at({
        '/v1/models': json({ object: 'list', data: [{ id: 'm', object: 'model' }] }),
        '/.well-known/localai.json': json({ version: 'v4', endpoints: {} }),
      }),
    )
    const llama = await serve(at({ '/v1/models': owned('llamacpp', 'm') }))
    const other = await serve(at({ '/v1/models': owned('acme', 'm') }))
    const both = (server: ScriptedServer): LocalServer[] =>
      ['llama.cpp', 'LocalAI'].map((title) => row(title, portOf(server)))
    const all = await found([localAi, llama, other].flatMap(both))
    assert.deepEqual(
      all.map(({ title, server }) => [title, server]),
      [
        ['LocalAI', 'localai'],
        ['llama.cpp', 'llamacpp'],
        [null, 'auto'],
      ],
    )
  })

  test('finds a llama-server that is loading, and servers that require a key', async () => {
    const headers = { server: 'llama.cpp' }
    const loading = await serve({ ...json({ error: { message: 'Loading model' } }, 503), headers })
    const locked = await serve({ ...json({ error: { message: 'Invalid API Key' } }, 401), headers })
    const vllm = await serve(json({ error: 'Unauthorized' }, 401))
    const all = await found([
      row('llama.cpp', portOf(loading)),
      row('llama.cpp', portOf(locked)),
      row('vLLM', portOf(vllm)),
    ])
    assert.deepEqual(
      all.map(({ title, state, models }) => [title, state, models]),
      [
        ['llama.cpp', 'loading', null],
        ['llama.cpp', 'needsKey', null],
        [null, 'needsKey', null],
      ],
    )
  })

  test('takes no other program for a server', async () => {
    const others = await Promise.all(
      [
        page('<html></html>', 200, 'text/html'),
        json({ status: 'ok' }),
        json([1, 2]),
        json({ error: 'not found' }, 404),
        page('forbidden', 403),
        page('log in', 401),
        json({ error: 'starting' }, 503),
        page(''),
        // Redirects are not followed: they could leave this machine.
        { status: 302, headers: { location: 'http://127.0.0.1:1/v1/models' }, body: [] },
        // Infill's own endpoint needs no connection.
        owned('infill', 'builtin'),
      ].map((answer) => serve(answer)),
    )
    const all = others.flatMap((server) =>
      ['vLLM', 'LM Studio'].map((title) => row(title, portOf(server))),
    )
    assert.deepEqual(await found(all), [])
    for (const { requests } of others) assert.equal(requests.length, 1)
  })

  test('sends no key and nothing of the settings', async () => {
    const server = await serve(owned('vllm', 'm'))
    await found([row('vLLM', portOf(server))])
    const [request] = server.requests
    assert.equal(request?.method, 'GET')
    const names = Object.keys(request?.headers ?? {})
    assert.deepEqual(names.toSorted(), ['accept', 'connection', 'host'])
  })

  test('does not wait for a port that accepts and never responds', async () => {
    const elapsed = await shortestOf(LOCAL_LIMIT + 300, async () => {
      const silent = await serve({ before: [hold], body: [] })
      const halting = await serve({ body: ['{"object":"list","data":[', hold] })
      const server = await serve(owned('vllm', 'm'))
      const start = performance.now()
      const all = await found([silent, halting, server].map((each) => row('vLLM', portOf(each))))
      const duration = performance.now() - start
      assert.deepEqual(
        all.map(({ endpoint }) => endpoint),
        [`${server.url.origin}/v1`],
      )
      assert.ok(duration >= LOCAL_LIMIT - 10, `${duration} ms`)
      await (
        await silent.received()
      ).closed
      return duration
    })
    assert.ok(elapsed < LOCAL_LIMIT + 300, `${elapsed} ms`)
  })

  test('does not read an endless response', async () => {
    function* endless(): Generator<string> {
      for (;;) yield 'x'.repeat(64 * 1024)
    }
    const server = await serve({ body: endless() })
    const start = performance.now()
    assert.deepEqual(await found([row('vLLM', portOf(server))]), [])
    assert.ok(performance.now() - start < LOCAL_LIMIT, 'It stopped by its size.')
    await (
      await server.received()
    ).closed
  })

  for (const [listens, host, expected] of [
    ['on IPv6 only', '::1', '[::1]'],
    ['on IPv4 and IPv6, once', '::', '127.0.0.1'],
  ] as const) {
    test(`finds what listens ${listens}`, async function () {
      const answer = JSON.stringify({ object: 'list', data: [{ id: 'm', owned_by: 'vllm' }] })
      const server = createServer((_, response) => response.end(answer))
      const listening = Promise.withResolvers<number | null>()
      server.on('error', () => listening.resolve(null))
      server.listen(0, host, () => {
        const address = server.address()
        listening.resolve(typeof address === 'object' ? (address?.port ?? null) : null)
      })
      const port = await listening.promise
      // A machine without IPv6
      if (port === null) return this.skip()
      try {
        const all = await found([row('vLLM', port)])
        assert.deepEqual(
          all.map(({ endpoint }) => endpoint),
          [`http://${expected}:${port}/v1`],
        )
      } finally {
        server.close()
        server.closeAllConnections()
      }
    })
  }

  test('stops when the user leaves', async () => {
    const silent = await serve({ before: [hold], body: [] })
    const abort = new AbortController()
    const searching = found([row('vLLM', portOf(silent))], abort.signal)
    const request = await silent.received()
    abort.abort()
    await assert.rejects(searching, { name: 'AbortError' })
    await request.closed
  })

  test('finds nothing where nothing runs', async () => {
    const server = await serve(owned('vllm', 'm'))
    const port = portOf(server)
    await server.close()
    open.length = 0
    assert.deepEqual(await found([row('vLLM', port)]), [])
  })
})
