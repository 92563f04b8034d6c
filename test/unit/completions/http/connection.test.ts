import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { DONE, stream, text } from '../../../support/answers.ts'
import { cut, startServer } from '../../../support/sseServer.ts'
import { selfSigned } from './certificate.ts'
import { failure, read, REQUEST, useConnections } from '../support.ts'
import { sentenceOf } from '../../../support/wording.ts'

suite('Completions: a connection', () => {
  const connect = useConnections()

  /** A client of a server that speaks something else, which is `answer` */
  const connectTo = async (answer: (socket: Socket) => void, protocol = 'http') => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      answer(socket)
    })
    return listen(server, protocol)
  }
  const servers: { close(): unknown }[] = []
  teardown(() => {
    for (const server of servers.splice(0)) server.close()
  })
  const listen = async (server: ReturnType<typeof createServer>, protocol: string) => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(address !== null && typeof address === 'object')
    const url = new URL(`${protocol}://127.0.0.1:${address.port}/v1/completions`)
    return { url, client: (await connect({}, { base: url })).client }
  }

  test('refused is unreachable', async () => {
    const gone = await startServer({})
    await gone.close()
    const { client } = await connect({}, { base: gone.url })
    const { chunks, error } = await read(client.createStreaming(REQUEST))
    assert.deepEqual([chunks.length, error?.kind, error?.status], [0, 'unreachable', undefined])
    const said = `Could not reach ${gone.url.origin}: connection refused.`
    assert.equal(sentenceOf(error), said)
    assert.equal(sentenceOf(await failure(client.create(REQUEST))), said)
  })

  test('refused by every address of the host is unreachable', async () => {
    const gone = await startServer({})
    await gone.close()
    gone.url.hostname = 'localhost'
    const { client } = await connect({}, { base: gone.url })
    const failed = await failure(client.create(REQUEST))
    const message = sentenceOf(failed)
    assert.match(message, /connection refused\.$/)
  })

  test('closed before the head is unreachable', async () => {
    const { client } = await connect({ before: [cut] })
    const error = await failure(client.create(REQUEST))
    assert.equal(error.kind, 'unreachable')
    assert.match(sentenceOf(error), /the connection was closed without a response\.$/)
  })

  test('to a server that does not speak HTTP is unreachable', async () => {
    const { client } = await connectTo((socket) => socket.end('220 mail ready\r\n'))
    assert.equal((await failure(client.create(REQUEST))).kind, 'unreachable')
  })

  test('over TLS to a server that does not speak TLS is unreachable', async () => {
    const { client } = await connectTo((socket) => socket.end('HTTP/1.1 400 No\r\n\r\n'), 'https')
    assert.equal((await failure(client.create(REQUEST))).kind, 'unreachable')
  })

  test('to a server with a self-signed certificate is not trusted', async () => {
    const server = createTlsServer(selfSigned('127.0.0.1'))
    server.on('tlsClientError', () => undefined)
    const { url, client } = await listen(server, 'https')
    const error = await failure(client.create(REQUEST))
    assert.equal(error.kind, 'certificate')
    assert.equal(
      sentenceOf(error),
      `The certificate of ${url.host} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    )
  })

  test('is made to any of the host’s addresses', async () => {
    const { server, client } = await connect(stream(text('a', 'stop'), DONE))
    server.url.hostname = 'localhost'
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('its end is the end of the response when nothing else marks it', async () => {
    const { client } = await connectTo((socket) => {
      socket.once('data', () => {
        socket.end(`HTTP/1.0 200 OK\r\n\r\n${text('a')}${text('b', 'stop')}`)
      })
    })
    const run = await read(client.createStreaming(REQUEST))
    assert.deepEqual([run.text, run.error], ['ab', undefined])
  })
})
