import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../../src/completions/index.ts'
import { until } from '../../../launcher/run.ts'
import { DONE, STOP, stream, text } from '../../../support/answers.ts'
import { hold, startServer, type Answer, type ScriptedServer } from '../../../support/sseServer.ts'
import { slowRelay, type SlowRelay } from '../../../support/slowRelay.ts'

suite('connections that are opened ahead', () => {
  let server: ScriptedServer
  let relay: SlowRelay
  let transport: Transport
  let url: URL

  async function begin(answer: Answer = stream(text('a'), STOP, DONE)): Promise<void> {
    server = await startServer(answer)
    relay = await slowRelay(Number(server.url.port), 0)
    url = new URL(`http://127.0.0.1:${relay.port}/v1/completions`)
    transport = await createTransport()
  }
  teardown(async () => {
    await transport.close()
    await relay.close()
    await server.close()
  })

  const sent = (signal = new AbortController().signal) =>
    transport.send({ method: 'POST', url, headers: {}, body: '{}' }, signal)
  async function read(): Promise<void> {
    for await (const _ of (await sent()).body);
  }
  const connections = (count: number) =>
    until(`${count} connections`, () => relay.connections === count || undefined, 2000, 5)
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30))

  test('are used by the next request, and nothing is sent before', async () => {
    await begin()
    await transport.open(url)
    await connections(1)
    await pause()
    assert.equal(server.requests.length, 0)
    await read()
    assert.equal(relay.connections, 1)
    assert.equal(server.requests.length, 1)
  })

  test('are used by a request that is sent while they are opened', async () => {
    await begin()
    await transport.open(url)
    await read()
    assert.equal(relay.connections, 1)
  })

  test('are not opened when one waits or is free', async () => {
    await begin()
    await transport.open(url)
    await transport.open(url)
    await connections(1)
    await read()
    await transport.open(url)
    await pause()
    assert.equal(relay.connections, 1)
  })

  test('are opened after a stream was cancelled, so that the next request finds one', async () => {
    await begin(stream(text('a'), hold))
    const abort = new AbortController()
    const { body } = await sent(abort.signal)
    await assert.rejects(async () => {
      for await (const _ of body) abort.abort(new Error('cancelled'))
    }, /cancelled/)
    await connections(2)
    await sent()
    assert.equal(relay.connections, 2)
    assert.equal(server.requests.length, 2)
    assert.notEqual(server.requests[0]?.port, server.requests[1]?.port)
  })

  test('are opened after a request was cancelled that had no response', async () => {
    await begin({ before: [hold] })
    const abort = new AbortController()
    const response = sent(abort.signal)
    await server.received()
    abort.abort(new Error('cancelled'))
    await assert.rejects(response, /cancelled/)
    await connections(2)
  })

  test('are opened after a response was left before its end', async () => {
    await begin(stream(text('a'), hold))
    for await (const _ of (await sent()).body) break
    await connections(2)
  })

  test('are not opened after a whole response: its connection is free', async () => {
    await begin()
    await read()
    await pause()
    await read()
    await pause()
    assert.equal(relay.connections, 1)
  })

  test('are replaced when the server has closed them', async () => {
    await begin()
    await transport.open(url)
    await connections(1)
    await pause()
    const { port } = relay
    await relay.close()
    relay = await slowRelay(Number(server.url.port), 0)
    url = new URL(`http://127.0.0.1:${relay.port}/v1/completions`)
    assert.notEqual(relay.port, port)
    await read()
    assert.equal(relay.connections, 1)
  })

  test('report nothing when they fail; the next request does', async () => {
    await begin()
    await relay.close()
    await transport.open(url)
    await pause()
    await assert.rejects(sent(), { kind: 'unreachable' })
  })

  test('are closed with the transport', async () => {
    await begin()
    await transport.open(url)
    await connections(1)
    await pause()
    await transport.finish()
    await transport.open(url)
    await pause()
    assert.equal(relay.connections, 1)
    assert.equal(relay.open, 0)
  })

  test('are not opened where a proxy stands between', async () => {
    await begin()
    await transport.close()
    const proxy = `http://127.0.0.1:${relay.port}`
    transport = await createTransport({
      proxy: { http: proxy, https: proxy, noProxy: [], authorization: null },
    })
    await transport.open(new URL('http://inner.test/v1/completions'))
    await pause()
    assert.equal(relay.connections, 0)
  })
})
