import assert from 'node:assert/strict'
import { DONE, stream, text } from '../../support/answers.ts'
import { hold } from '../../support/sseServer.ts'
import { read, REQUEST, useConnections } from './support.ts'

suite('Completions: leaving the loop', () => {
  const connect = useConnections()

  test('closes the connection', async () => {
    const { client, server } = await connect(stream(text('a'), hold))
    for await (const _ of client.createStreaming(REQUEST)) break
    await server.requests[0]!.closed
  })

  test('with unread chunks closes the connection', async () => {
    const { client, server } = await connect(stream(text('a') + text('b'), hold))
    for await (const _ of client.createStreaming(REQUEST)) break
    await server.requests[0]!.closed
  })

  test('by an error closes the connection and rethrows the error', async () => {
    const { client, server } = await connect(stream(text('a'), hold))
    const own = new Error('own')
    await assert.rejects(async () => {
      for await (const _ of client.createStreaming(REQUEST)) throw own
    }, own)
    await server.requests[0]!.closed
  })

  test('by an error of the stream closes the connection', async () => {
    const { client, server } = await connect(stream('data: {\n\n', hold))
    assert.equal((await read(client.createStreaming(REQUEST))).error?.kind, 'protocol')
    await server.requests[0]!.closed
  })

  test('before it began sends nothing', async () => {
    const { client, server } = await connect(stream(text('a', 'stop')))
    await client.createStreaming(REQUEST).return()
    assert.equal(server.requests.length, 0)
  })

  test('leaves the client good for the next request', async () => {
    const { client } = await connect([stream(text('a'), hold), stream(text('b', 'stop'), DONE)])
    for await (const _ of client.createStreaming(REQUEST)) break
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'b')
  })
})
