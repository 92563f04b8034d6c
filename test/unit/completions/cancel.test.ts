import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { DONE, json, stream, text } from '../../support/answers.ts'
import { hold } from '../../support/sseServer.ts'
import { read, REQUEST, useConnections } from './support.ts'
import { shortestOf } from '../../support/duration.ts'

const REASON = new Error('enough')

suite('Completions: cancel', () => {
  const connect = useConnections()

  test('before it starts: nothing is sent', async () => {
    const { client, server } = await connect(stream(text('a', 'stop'), DONE))
    const signal = AbortSignal.abort(REASON)
    const { chunks, error } = await read(client.createStreaming(REQUEST, { signal }))
    assert.deepEqual([chunks, error], [[], undefined])
    await assert.rejects(client.create(REQUEST, { signal }), REASON)
    assert.equal(server.requests.length, 0)
  })

  test('while connecting: ends at once', async () => {
    // It accepts the connection and never starts TLS.
    const sockets: Socket[] = []
    const silent = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined))
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    assert.ok(address !== null && typeof address === 'object')
    const url = new URL(`https://127.0.0.1:${address.port}/`)
    const { client } = await connect({}, { base: url })
    try {
      const began = performance.now()
      await read(client.createStreaming(REQUEST, { signal: AbortSignal.abort(REASON) }))
      assert.equal(sockets.length, 0)

      const streaming = new AbortController()
      silent.once('connection', () => streaming.abort(REASON))
      const run = await read(client.createStreaming(REQUEST, streaming))
      assert.deepEqual([run.chunks, run.error], [[], undefined])

      const whole = new AbortController()
      setTimeout(() => whole.abort(REASON), 10)
      await assert.rejects(client.create(REQUEST, whole), REASON)
      assert.ok(performance.now() - began < 1000)
    } finally {
      for (const socket of sockets) socket.destroy()
      silent.close()
    }
  })

  for (const [when, answer] of Object.entries({
    'before the head': { before: [hold] },
    'before the first chunk': stream(': ping\n\n', hold),
    'in the middle of the JSON': { body: ['{"choices":[', hold] },
    'in the middle of an error’s body': { status: 500, body: ['{', hold] },
  })) {
    test(`${when}: the connection closes`, async () => {
      const { client, server } = await connect(answer)
      const streaming = new AbortController()
      void server.received(0).then(() => streaming.abort(REASON))
      const run = await read(client.createStreaming(REQUEST, streaming))
      assert.deepEqual([run.chunks, run.error], [[], undefined])
      await server.requests[0]!.closed

      const whole = new AbortController()
      void server.received(1).then(() => setTimeout(() => whole.abort(REASON), 10))
      await assert.rejects(client.create(REQUEST, whole), REASON)
      await server.requests[1]!.closed
    })
  }

  test('during the stream: the loop ends, and the server sees it within 100 ms', async () => {
    const took = await shortestOf(100, async () => {
      const { client, server } = await connect(stream(text('a'), hold))
      const controller = new AbortController()
      let abortedAt = 0
      let got = ''
      for await (const chunk of client.createStreaming(REQUEST, controller)) {
        got += chunk.choices[0]!.text
        setTimeout(() => {
          abortedAt = performance.now()
          controller.abort(REASON)
        }, 5)
      }
      await server.requests[0]!.closed
      assert.equal(got, 'a')
      return performance.now() - abortedAt
    })
    assert.ok(took < 100, `${took} ms`)
  })

  test('in the loop: chunks that have arrived are not yielded', async () => {
    const { client, server } = await connect(stream(text('a') + text('b') + text('c'), hold))
    const controller = new AbortController()
    let got = ''
    for await (const chunk of client.createStreaming(REQUEST, controller)) {
      got += chunk.choices[0]!.text
      controller.abort(REASON)
    }
    assert.equal(got, 'a')
    await server.requests[0]!.closed
  })

  test('in the loop, at the last chunk: ends without an error', async () => {
    const { client } = await connect(stream(text('a', 'stop'), DONE))
    const controller = new AbortController()
    for await (const _ of client.createStreaming(REQUEST, controller)) controller.abort(REASON)
  })

  test('afterwards: has no effect', async () => {
    const { client } = await connect(json({ choices: [{ text: 'a' }] }))
    const controller = new AbortController()
    await client.create(REQUEST, controller)
    controller.abort(REASON)
  })

  test('a long-lived signal collects no listeners', async () => {
    const { client } = await connect(stream(text('a', 'stop'), DONE))
    const { signal } = new AbortController()
    const warnings: string[] = []
    const warned = ({ name }: Error) => warnings.push(name)
    process.on('warning', warned)
    try {
      for (let run = 0; run < 100; run += 1) await read(client.createStreaming(REQUEST, { signal }))
      await new Promise((resolve) => setImmediate(resolve))
    } finally {
      process.off('warning', warned)
    }
    assert.deepEqual(warnings, [])
    assert.deepEqual(getEventListeners(signal, 'abort'), [])
  })
})
