import assert from 'node:assert/strict'
import { DONE, STOP, streamOf, text } from '../../support/answers.ts'
import { REQUEST, useConnections } from './support.ts'

const CHUNKS = 20_000

function* many() {
  // As servers under load send them: several events in one piece, none of them at its edge.
  const events = text('a').repeat(100)
  yield events.slice(0, 10)
  for (let sent = 100; sent < CHUNKS; sent += 100) yield events.slice(10) + events.slice(0, 10)
  yield events.slice(10)
  yield STOP
  yield DONE
}

suite('Completions: a long stream', () => {
  const connect = useConnections()

  test('of 20,000 chunks is read in seconds and not kept in memory', async function () {
    this.timeout(5000)
    const { client } = await connect(streamOf(many()))
    const before = process.memoryUsage().heapUsed
    let chunks = 0
    let most = 0
    for await (const { choices } of client.createStreaming(REQUEST)) {
      chunks += choices[0]!.text.length
      if (chunks % 1000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
    }
    assert.equal(chunks, CHUNKS)
    // Between two collections; a client that kept every chunk would not stay under it for long.
    assert.ok(most - before < 64 * 1024 * 1024, `${most - before} bytes more`)
  })

  test('is combined into one completion', async () => {
    const { client } = await connect(streamOf(many()))
    assert.equal((await client.create(REQUEST)).choices[0]!.text, 'a'.repeat(CHUNKS))
  })
})
