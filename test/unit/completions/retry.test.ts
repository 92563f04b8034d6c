import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import type { ClientOptions, Retry } from '../../../src/completions/index.ts'
import { backoff, type Clock } from '../../../src/completions/retry.ts'
import { DONE, json, stream, text } from '../../support/answers.ts'
import { cut, hold, pause, startServer, type Answer } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'
import { shortestOf } from '../../support/duration.ts'

const ANSWER = stream(text('a', 'stop'), DONE)
const named = (status: number, fields: object, headers = {}): Answer => {
  const answer = json({ error: fields }, status)
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
const error = (status: number, message = 'x', headers = {}) => named(status, { message }, headers)

/** A clock that advances only by waiting, and records the waits, in ms */
function testClock(random = 0): Clock & { waited: number[] } {
  const waited: number[] = []
  return {
    waited,
    now: () => waited.reduce((sum, each) => sum + each, 0),
    random: () => random,
    async sleep(ms, signal) {
      signal.throwIfAborted()
      waited.push(ms)
    },
  }
}

suite('Completions: retries', () => {
  const connect = useConnections()
  const retrying = (script: readonly Answer[], options: Partial<ClientOptions> = {}) =>
    connect(script, { maxRetries: 2, clock: testClock(), firstTokenTimeout: 0, ...options })

  for (const status of [408, 409, 429, 500, 502, 503, 504, 520, 529]) {
    test(`after ${status}, streamed and whole`, async () => {
      const { client, server } = await retrying([error(status), error(status), ANSWER])
      assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
      assert.equal(server.requests.length, 3)
      assert.deepEqual(server.requests[2]!.body, server.requests[0]!.body)
      const whole = await retrying([error(status), json({ choices: [{ text: 'b' }] })])
      assert.equal((await whole.client.create(REQUEST)).choices[0]!.text, 'b')
    })
  }

  test('when llama.cpp is loading its model', async () => {
    const loading = { code: 503, message: 'Loading model', type: 'unavailable_error' }
    const { client } = await retrying([json({ error: loading }, 503), ANSWER])
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('when the connection broke before the head', async () => {
    const { client, server } = await retrying([{ before: [cut] }, ANSWER])
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
    assert.equal(server.requests.length, 2)
  })

  const never: [name: string, answer: Answer][] = [
    ...[400, 401, 402, 403, 404, 413, 422, 499, 501].map((status): [string, Answer] => [
      `${status}`,
      error(status),
    ]),
    ['a redirect', { status: 302, headers: { location: '/' } }],
    ['a used-up quota', named(429, { code: 'insufficient_quota' })],
    [
      'a used-up quota, whatever the server says',
      named(429, { type: 'insufficient_quota' }, { 'x-should-retry': 'true' }),
    ],
    ['a field that old llama.cpp does not know', error(500, 'Unsupported param: suffix')],
    ['a prompt that is too long', error(500, 'the request exceeds the available context size')],
    ['an answer that says no', error(503, 'x', { 'x-should-retry': 'false' })],
    ['an error in the stream', stream('data: {"error":{"message":"x","code":503}}\n\n')],
    ['an answer that is no completion', json({ a: 1 })],
    ['a stream that was cut', stream(text('a'), cut)],
    ['a stream that was cut before its first event', stream(': hi\n\n', cut)],
  ]
  for (const [name, answer] of never) {
    test(`not after ${name}`, async () => {
      const { client, server } = await retrying([answer, ANSWER])
      const { error: failed } = await read(client.createStreaming(REQUEST))
      assert.ok(failed)
      assert.equal(server.requests.length, 1)
    })
  }

  test('when the server specifies it, regardless of the status', async () => {
    const { client } = await retrying([error(400, 'x', { 'X-Should-Retry': 'true' }), ANSWER])
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('at most the maximum number of times; the last error is reported', async () => {
    const { client, server } = await retrying([error(500), error(502), error(503), ANSWER])
    assert.equal((await failure(client.create(REQUEST))).status, 503)
    assert.equal(server.requests.length, 3)
    const none = await connect([error(503), ANSWER])
    assert.equal((await failure(none.client.create(REQUEST))).status, 503)
    assert.equal(none.server.requests.length, 1)
  })

  test('without success when nothing responds', async () => {
    const gone = await startServer({})
    await gone.close()
    const clock = testClock()
    const { client } = await retrying([], { base: gone.url, clock })
    assert.equal((await failure(client.create(REQUEST))).kind, 'unreachable')
    assert.deepEqual(clock.waited, [500, 1000])
  })

  test('are reported before the wait', async () => {
    const told: Retry[] = []
    const clock = testClock()
    const { client } = await retrying([error(503), error(429), ANSWER], { clock })
    const onRetry = (retry: Retry) => {
      assert.equal(clock.waited.length, told.push(retry) - 1)
    }
    await read(client.createStreaming(REQUEST, { onRetry }))
    assert.deepEqual(
      told.map(({ attempt, delay, error: { status } }) => [attempt, delay, status]),
      [
        [1, 500, 503],
        [2, 1000, 429],
      ],
    )
  })

  test('after the delay that the server requests', async () => {
    const clock = testClock()
    const answers = [
      error(429, 'x', { 'retry-after': '7' }),
      error(429, 'x', { 'retry-after': '7', 'retry-after-ms': '30' }),
      ANSWER,
    ]
    const { client } = await retrying(answers, { clock, maxRetries: 3 })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
    assert.deepEqual(clock.waited, [7000, 30])
  })

  for (const headers of [
    { 'retry-after': '3600' },
    { 'retry-after': new Date(Date.now() + 7_200_000).toUTCString() },
    { 'retry-after-ms': '90000' },
    { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1h0m0s' },
  ]) {
    test(`not when the server requests a delay of over a minute: ${Object.keys(headers)[0]}`, async () => {
      const clock = testClock()
      const { client, server } = await retrying([error(429, 'slow down', headers), ANSWER], {
        clock,
      })
      const { error: failed } = await read(client.createStreaming(REQUEST))
      assert.match(sentenceOf(failed), /responded with 429, no requests until .*\d.*: slow down$/)
      assert.equal(failed?.kind, 'rate_limit')
      assert.deepEqual([clock.waited, server.requests.length], [[], 1])
    })
  }

  test('not when the delay exceeds the first-token timeout', async () => {
    const clock = testClock()
    const answers = [error(503), error(429, 'wait', { 'retry-after': '50' }), ANSWER]
    const { client, server } = await retrying(answers, { clock, firstTokenTimeout: 10 })
    const { error: failed } = await read(client.createStreaming(REQUEST))
    // The reason for the wait is more useful than a timeout.
    assert.equal(sentenceOf(failed), `${server.url.host} responded with 429: wait`)
    assert.deepEqual(clock.waited, [500])
  })

  test('share one first-token timeout', async () => {
    const options = { firstTokenTimeout: 0.4, clock: { ...testClock(), now: () => 0 } }
    const refused = error(503, 'x', { 'retry-after-ms': '1' })
    const answers = [{ ...refused, before: [pause(300)] }, { before: [hold] }]
    // With a timeout of its own, the second attempt would end after 700 ms.
    const took = await shortestOf(600, async () => {
      const { client, server } = await retrying(answers, options)
      const start = performance.now()
      assert.equal((await failure(client.create(REQUEST))).kind, 'timeout')
      assert.equal(server.requests.length, 2)
      return performance.now() - start
    })
    assert.ok(took < 600, `${took} ms`)
  })

  test('not after a cancel, which ends the wait at once', async () => {
    const took = await shortestOf(400, async () => {
      const { client, server } = await connect([error(503), ANSWER], { maxRetries: 2 })
      const abort = new AbortController()
      const options = { signal: abort.signal, onRetry: () => queueMicrotask(() => abort.abort()) }
      const start = performance.now()
      const run = await read(client.createStreaming(REQUEST, options))
      assert.deepEqual([run.text, run.error], ['', undefined])
      const again = new AbortController()
      const reason = new Error('enough')
      const onRetry = () => queueMicrotask(() => again.abort(reason))
      const other = await connect([error(503), ANSWER], { maxRetries: 2 })
      const whole = other.client.create(REQUEST, { signal: again.signal, onRetry })
      await assert.rejects(whole, (thrown) => thrown === reason)
      assert.deepEqual([server.requests.length, other.server.requests.length], [1, 1])
      assert.deepEqual(getEventListeners(abort.signal, 'abort'), [])
      return performance.now() - start
    })
    assert.ok(took < 400, `${took} ms`)
  })
})

suite('Completions: the delay before the next attempt', () => {
  test('doubles from 0.5 s to 8 s, minus up to a quarter', () => {
    const waits = [0, 1, 2, 3, 4, 5, 9].map((retries) => backoff(retries, 0))
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 8000, 8000])
    assert.equal(backoff(0, 0.5), 437.5)
    assert.ok(backoff(9, 0.999_999) > 6000)
  })
})
