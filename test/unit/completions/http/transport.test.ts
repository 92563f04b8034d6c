import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { createTransport, type Transport } from '../../../../src/completions/index.ts'
import type { HttpResponse } from '../../../../src/completions/http/transport.ts'
import { readText } from '../../../../src/completions/http/body.ts'
import { DONE, json, page, stream, text } from '../../../support/answers.ts'
import { hold, pause, startServer, type Answer } from '../../../support/sseServer.ts'
import { read, REQUEST, useConnections } from '../support.ts'

function get(transport: Transport, url: URL): Promise<HttpResponse> {
  return transport.send({ method: 'GET', url, headers: {} }, new AbortController().signal)
}

suite('Completions: connections are reused', () => {
  const connect = useConnections()
  const end = text('a', 'stop')
  const answers: [name: string, answer: Answer, kept: boolean][] = [
    ['after a stream', stream(end), true],
    ['after [DONE]', stream(end + DONE), true],
    ['after [DONE] and a moment', stream(end, DONE, pause(20)), true],
    ['after one JSON document', json({ choices: [{ text: 'a' }] }), true],
    ['after an error', page('no', 500), true],
    ['but not when the server does not end its answer', stream(end, DONE, hold), false],
  ]
  for (const [name, answer, kept] of answers) {
    test(name, async () => {
      const { client, server } = await connect(answer)
      for (let run = 0; run < 5; run += 1) await read(client.createStreaming(REQUEST))
      // A connection is free one turn after its response has ended, so two take turns.
      const ports = new Set(server.requests.map(({ port }) => port)).size
      assert.ok(kept ? ports <= 2 : ports === 5, `${ports} connections for 5 requests`)
    })
  }
})

suite('Completions: the transport', () => {
  test('sends a GET, without a body', async () => {
    const server = await startServer(page('{}'))
    const transport = await createTransport()
    try {
      const response = await get(transport, server.url)
      assert.equal(await readText(response.body), '{}')
      assert.equal(server.requests[0]!.method, 'GET')
      assert.equal(server.requests[0]!.body, undefined)
    } finally {
      await server.close()
      await transport.close()
    }
  })

  test('leaves no listener on a signal', async () => {
    const server = await startServer(page('{}'))
    const transport = await createTransport()
    const { signal } = new AbortController()
    try {
      const response = await transport.send({ method: 'GET', url: server.url, headers: {} }, signal)
      await readText(response.body)
      await new Promise((resolve) => setImmediate(resolve))
      assert.deepEqual(getEventListeners(signal, 'abort'), [])
    } finally {
      await server.close()
      await transport.close()
    }
  })

  test('closes its idle connections', async () => {
    const server = await startServer(page('{}'))
    const transport = await createTransport()
    try {
      const response = await get(transport, server.url)
      await readText(response.body)
      await transport.close()
      await server.requests[0]!.closed
    } finally {
      await server.close()
    }
  })

  test('returns headers by lower-case name, and the first of several values', async () => {
    const server = await startServer({ headers: { 'X-One': 'a', 'X-Two': ['b', 'c'] } })
    const transport = await createTransport()
    try {
      const response = await get(transport, server.url)
      assert.equal(response.status, 200)
      assert.deepEqual(
        ['x-one', 'x-two', 'x-three'].map((name) => response.header(name)),
        ['a', 'b', undefined],
      )
    } finally {
      await server.close()
      await transport.close()
    }
  })
})
