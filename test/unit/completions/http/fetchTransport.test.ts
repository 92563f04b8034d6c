import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { inspect } from 'node:util'
import { createClient, createFetchTransport } from '../../../../src/completions/index.ts'
import { DONE, json, page, stream, text } from '../../../support/answers.ts'
import { cut, hold, pause, startServer } from '../../../support/sseServer.ts'
import { selfSigned } from './certificate.ts'
import { useNetwork } from './network.ts'
import { failure, read, REQUEST } from '../support.ts'
import { sentenceOf } from '../../../support/wording.ts'

/** Headers that `fetch` adds; the second and third disable caches. */
const FETCH_ALONE = ['accept-language', 'cache-control', 'pragma', 'sec-fetch-mode', 'user-agent']

suite('Completions: the transport of the process’s own fetch', () => {
  const network = useNetwork()
  const transport = createFetchTransport()
  const clientOf = (base: URL, apiKey: string | null = 'sk-1') => {
    const timeouts = { firstTokenTimeout: 5, idleTimeout: 5 }
    return createClient({ base, apiKey, ...timeouts, send: transport.send })
  }

  test('streams, and sends the same request as the other transport', async () => {
    const gate = Promise.withResolvers<void>()
    const script = stream(text('a'), () => gate.promise, text('b', 'stop'), DONE)
    const server = await network.server(script)
    const chunks = clientOf(server.url).createStreaming(REQUEST)
    assert.equal((await chunks.next()).done, false)
    gate.resolve()
    assert.equal((await read(chunks)).text, 'b')
    const client = await network.client(server.url.href)
    await read(client.createStreaming(REQUEST))
    const [byFetch, byUndici] = server.requests
    assert.deepEqual(byFetch!.body, byUndici!.body)
    for (const [name, value] of Object.entries(byUndici!.headers)) {
      // `fetch` requests keep-alive, which is the default.
      if (name !== 'connection') assert.equal(byFetch!.headers[name], value, name)
    }
    const more = Object.keys(byFetch!.headers).filter((name) => !(name in byUndici!.headers))
    assert.deepEqual(more.toSorted(), FETCH_ALONE)
  })

  test('sends a GET and returns the headers', async () => {
    const server = await network.server({ headers: { 'X-One': 'a' }, body: ['{}'] })
    const { signal } = new AbortController()
    const request = { method: 'GET', url: server.url, headers: {} } as const
    const response = await transport.send(request, signal)
    assert.deepEqual([response.status, response.header('x-one')], [200, 'a'])
    assert.equal(response.header('x-two'), undefined)
    for await (const bytes of response.body) assert.equal(String.fromCharCode(...bytes), '{}')
    assert.equal(server.requests[0]!.method, 'GET')
    assert.deepEqual(getEventListeners(signal, 'abort'), [])
  })

  test('closes the connection when the loop is left or cancelled, also before the head', async () => {
    const server = await network.server([
      stream(text('a'), hold),
      stream(text('a'), hold),
      { before: [hold] },
    ])
    const client = clientOf(server.url)
    for await (const _ of client.createStreaming(REQUEST)) break
    const abort = new AbortController()
    for await (const _ of client.createStreaming(REQUEST, { signal: abort.signal })) abort.abort()
    const early = new AbortController()
    const run = read(client.createStreaming(REQUEST, { signal: early.signal }))
    await server.received(2)
    early.abort()
    assert.equal((await run).error, undefined)
    for (const { closed } of server.requests) await closed
    const late = client.create(REQUEST, { signal: AbortSignal.abort(new Error('no')) })
    await assert.rejects(late, /^Error: no$/)
    assert.equal(server.requests.length, 3)
  })

  test('does not follow redirects', async () => {
    const server = await network.server({ status: 307, headers: { location: 'http://a.test/x' } })
    const failed = await failure(clientOf(server.url).create(REQUEST))
    const { kind } = failed
    const message = sentenceOf(failed)
    assert.equal(kind, 'rejected')
    assert.match(message, /responded with 307: it redirects to http:\/\/a\.test, and redirects/)
    assert.equal(server.requests.length, 1)
  })

  test('fails with the same errors as the other transport', async () => {
    const gone = await startServer({})
    await gone.close()
    const server = await network.server({ before: [cut] })
    const wrong = await network.server(json({ error: { message: 'no' } }, 401))
    const broken = await network.server(stream(text('a'), pause(5), cut))
    const tls = await network.secured(server, selfSigned('localhost'))
    for (const base of [
      gone.url.href,
      server.url.href,
      wrong.url.href,
      broken.url.href,
      `https://localhost:${tls.port}/v1`,
      server.url.href.replace('http:', 'https:'),
    ]) {
      const ours = await read(clientOf(new URL(base)).createStreaming(REQUEST))
      const other = await read((await network.client(base)).createStreaming(REQUEST))
      assert.ok(ours.error, base)
      const failed = ours.error
      const { kind, retryable } = failed
      const message = sentenceOf(failed)
      assert.deepEqual(
        [ours.text, kind, message, retryable],
        [other.text, other.error?.kind, sentenceOf(other.error), other.error?.retryable],
      )
    }
  })

  test('does not quote a key that cannot be sent', async () => {
    const server = await network.server(page('{}'))
    for (const key of ['sk-secret\nx: y', 'sk-secret…']) {
      const error = await failure(clientOf(server.url, key).create(REQUEST))
      assert.equal(error.kind, 'invalid_request')
      assert.ok(!inspect(error, { depth: 9 }).includes('sk-secret'))
    }
    assert.equal(server.requests.length, 0)
  })

  test('cancels all requests when it is closed', async () => {
    const server = await network.server(stream(text('a'), hold))
    const closing = createFetchTransport()
    const timeouts = { firstTokenTimeout: 5, idleTimeout: 5 }
    const client = createClient({ base: server.url, apiKey: null, ...timeouts, send: closing.send })
    const chunks = client.createStreaming(REQUEST)
    await chunks.next()
    await closing.close()
    assert.equal((await read(chunks)).error?.kind, 'cut')
    await server.requests[0]!.closed
  })
})
