import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  createSecureServer,
  type Http2SecureServer,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { DONE, text } from '../../../support/answers.ts'
import { createAuthority } from './certificate.ts'
import { INNER, through, useNetwork } from './network.ts'
import { read, REQUEST } from '../support.ts'

const authority = createAuthority()

suite('Completions: over HTTP/2', () => {
  const network = useNetwork()
  let server: Http2SecureServer
  let sessions: ServerHttp2Session[]
  let streams: ServerHttp2Stream[]
  let caFile: string

  setup(async () => {
    sessions = []
    streams = []
    caFile = await network.file(authority.cert)
  })
  teardown(async () => {
    // The clients have closed, but some of their data may still arrive.
    for (const session of sessions) session.destroy()
    await new Promise((resolve) => server.close(resolve))
  })

  /** A server of one name that begins each answer, and ends it when the test does. */
  const begin = async (name: string): Promise<number> => {
    server = createSecureServer(authority.issue(name))
    server.on('session', (session) => sessions.push(session))
    server.on('stream', (stream) => {
      stream.on('error', () => undefined)
      streams.push(stream)
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      stream.write(text('a'))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    return (server.address() as AddressInfo).port
  }

  test('several completions share a connection, and cancelling one does not affect the others', async () => {
    const client = await network.client(`https://localhost:${await begin('localhost')}`, { caFile })
    const abort = new AbortController()
    const cancelled = client.createStreaming(REQUEST, { signal: abort.signal })
    const left = client.createStreaming(REQUEST)
    const whole = client.createStreaming(REQUEST)
    for (const each of [cancelled, left, whole]) assert.equal((await each.next()).done, false)
    const [first, second, third] = streams
    const resets = [first!, second!].map((stream) => once(stream, 'close'))
    abort.abort()
    assert.equal((await cancelled.next()).done, true)
    await left.return()
    await Promise.all(resets)
    assert.deepEqual([first!.aborted, second!.aborted, third!.aborted], [true, true, false])
    third!.end(text('b', 'stop') + DONE)
    assert.equal((await read(whole)).text, 'b')
    // And the connection is kept for the next.
    const next = client.createStreaming(REQUEST)
    await next.next()
    await next.return()
    assert.equal(sessions.length, 1)
  })

  test('a cancel before the head resets the stream', async () => {
    const port = await begin('localhost')
    server.removeAllListeners('stream')
    const asked = once(server, 'stream')
    const client = await network.client(`https://localhost:${port}`, { caFile })
    const abort = new AbortController()
    const answer = client.createStreaming(REQUEST, { signal: abort.signal }).next()
    const [stream]: ServerHttp2Stream[] = await asked
    const closed = once(stream!, 'close')
    abort.abort()
    assert.equal((await answer).done, true)
    await closed
    assert.equal(sessions[0]!.closed, false)
  })

  test('works in the tunnel of a proxy', async () => {
    const proxy = await network.proxy()
    const base = `https://${INNER}:${await begin(INNER)}`
    const client = await network.client(base, { caFile, proxy: through(proxy) })
    const answers = [1, 2].map(() => client.createStreaming(REQUEST))
    for (const each of answers) await each.next()
    assert.equal(sessions.length, 1)
    assert.equal(proxy.requests.length, 1)
    for (const each of answers) await each.return()
  })
})
