import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../launcher/run.ts'
import { CONTEXT, ENDLESS, SHORT, useLiveClient, whole } from './client.ts'
import { useLlama } from './llamaServer.ts'

suite('live: slots', () => {
  const server = useLlama({ slots: 2, endless: true })
  const client = useLiveClient()

  const busy = (count: number) =>
    until(`${count} busy slots`, async () => (await server().busySlots()) === count || undefined)

  for (const suffix of [CONTEXT.suffix, '']) {
    test(`a cancelled ${suffix === '' ? 'completion' : 'infill'} frees its slot within 1 s`, async () => {
      const abort = new AbortController()
      const values = { ...ENDLESS, endpoint: server().endpoint }
      const options = { signal: abort.signal }
      const running = whole(client().complete({ ...CONTEXT, suffix }, values, options))
      await busy(1)
      const cancelledAt = performance.now()
      abort.abort()
      await running
      await busy(0)
      const elapsed = performance.now() - cancelledAt
      assert.ok(elapsed < 1000, `${elapsed.toFixed(0)} ms`)
    })
  }

  test('a completion that is cancelled while it waits for a slot ends at once and never takes one', async () => {
    const running = new AbortController()
    const waiting = new AbortController()
    const values = { ...ENDLESS, endpoint: server().endpoint }
    const start = ({ signal }: AbortController) =>
      whole(client().complete(CONTEXT, values, { signal }))
    const both = Promise.all([start(running), start(running)])
    await busy(2)
    const third = start(waiting)
    await until('the third request', () => client().requests.length === 4 || undefined)
    // The request has to reach the queue of the server.
    await pause(100)
    const cancelledAt = performance.now()
    waiting.abort()
    assert.deepEqual((await third).texts, [''])
    const elapsed = performance.now() - cancelledAt
    assert.ok(elapsed < 1000, `${elapsed.toFixed(0)} ms`)
    running.abort()
    await both
    await busy(0)
    await pause(300)
    assert.equal(await server().busySlots(), 0)
  })

  test('leaving the loop frees the slot', async () => {
    const values = { ...ENDLESS, endpoint: server().endpoint }
    for await (const { text } of client().complete(CONTEXT, values)) if (text !== '') break
    await busy(0)
  })

  test('two completions use two slots at the same time', async () => {
    const abort = new AbortController()
    const values = { ...ENDLESS, endpoint: server().endpoint }
    const texts = ['', '']
    const run = async (index: number) => {
      const options = { signal: abort.signal }
      for await (const { text } of client().complete(CONTEXT, values, options)) texts[index] += text
    }
    const running = Promise.all([run(0), run(1)])
    await busy(2)
    await until('text of both', () => texts.every((text) => text !== '') || undefined)
    assert.equal(await server().busySlots(), 2)
    abort.abort()
    await running
    await busy(0)
  })

  test('three completions finish on two slots', async () => {
    const values = { ...SHORT, endpoint: server().endpoint }
    const all = Array.from({ length: 3 }, () => whole(client().complete(CONTEXT, values)))
    for (const { texts, end } of await Promise.all(all)) {
      assert.notEqual(texts[0], '')
      assert.deepEqual(end, { by: 'server', reason: 'length' })
    }
  })
})
