import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { DONE, json, STOP, stream, streamOf, text } from '../../support/answers.ts'
import { hold, pause, until, type Piece } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'

/** Comments every few milliseconds, as gateways send while a request waits */
function* comments(): Generator<Piece> {
  for (;;) yield* [': waiting\n\n', pause(5)]
}

function* commentsAfterText(): Generator<Piece> {
  yield text('a')
  yield* comments()
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length
}

suite('Completions: timeouts', () => {
  const connect = useConnections()

  for (const [name, answer] of Object.entries({
    'no head comes': { before: [hold] },
    'nothing comes after the head': stream(hold),
    'only comments come': streamOf(comments()),
    'only events without data come': stream('data:\n\n', hold),
    'half an event comes': stream('data: {"choices"', hold),
  })) {
    test(`the first chunk is too late when ${name}`, async () => {
      const { client, server } = await connect(answer, { firstTokenTimeout: 0.04, idleTimeout: 0 })
      const { chunks, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([chunks.length, error?.kind], [0, 'timeout'])
      assert.equal(sentenceOf(error), `${server.url.host} sent no token within 0.04 s.`)
      await server.requests[0]!.closed
    })
  }

  test('a whole completion has a single timeout', async () => {
    const options = { firstTokenTimeout: 0.04, idleTimeout: 0 }
    const { client, server } = await connect({ body: ['{"choices":[', hold] }, options)
    assert.equal((await failure(client.create(REQUEST))).kind, 'timeout')
    await server.requests[0]!.closed
  })

  for (const [name, answer] of Object.entries({
    'nothing comes': stream(text('a'), hold),
    'only comments come': streamOf(commentsAfterText()),
  })) {
    test(`the next chunk is too late when ${name}; the text before it is kept`, async () => {
      const { client, server } = await connect(answer, { firstTokenTimeout: 0, idleTimeout: 0.04 })
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error?.kind], ['a', 'timeout'])
      assert.equal(sentenceOf(error), `${server.url.host} stopped sending: no token for 0.04 s.`)
      await server.requests[0]!.closed
    })
  }

  test('the idle timeout restarts with every chunk', async () => {
    const pieces = 'abcdef'.split('').flatMap((each) => [text(each), pause(20)])
    const options = { firstTokenTimeout: 0.08, idleTimeout: 0.08 }
    const { client } = await connect(stream(...pieces, STOP, DONE), options)
    const { text: got, error } = await read(client.createStreaming(REQUEST))
    assert.deepEqual([got, error], ['abcdef', undefined])
  })

  test('the caller’s own processing is not timed', async () => {
    const options = { firstTokenTimeout: 0.04, idleTimeout: 0.04 }
    const slept = Promise.withResolvers<void>()
    const answer = stream(text('a'), until(slept.promise), text('b'), STOP, DONE)
    const { client } = await connect(answer, options)
    let got = ''
    for await (const { choices } of client.createStreaming(REQUEST)) {
      got += choices[0]!.text
      await sleep(80)
      slept.resolve()
    }
    assert.equal(got, 'ab')
  })

  for (const seconds of [0, Number.POSITIVE_INFINITY, 1e9]) {
    test(`a timeout can be ${seconds} s`, async () => {
      const options = { firstTokenTimeout: seconds, idleTimeout: seconds }
      const answer = stream(pause(30), text('a'), pause(30), STOP, DONE)
      const { client } = await connect(answer, options)
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error], ['a', undefined])
    })
  }

  test('no timer remains', async () => {
    const { client } = await connect([
      json({ choices: [{ text: 'a' }] }),
      stream(text('a', 'stop'), DONE),
      stream(text('a'), hold),
      json({}, 500),
    ])
    const before = timers()
    await client.create(REQUEST)
    await read(client.createStreaming(REQUEST))
    for await (const _ of client.createStreaming(REQUEST)) break
    await read(client.createStreaming(REQUEST))
    // undici has one timer for the connections that it keeps.
    assert.ok(timers() <= before + 1, `${before} → ${timers()}`)
  })
})
