import assert from 'node:assert/strict'
import { DONE, event, STOP, stream, text } from '../../support/answers.ts'
import { hold, pause, type Piece } from '../../support/sseServer.ts'
import { read, REQUEST, useConnections } from './support.ts'

suite('Completions: a stream', () => {
  const connect = useConnections()
  const run = async (...pieces: Piece[]) => {
    const { client } = await connect(stream(...pieces))
    return read(client.createStreaming(REQUEST))
  }

  test('gives its chunks one by one, in their order', async () => {
    const { chunks, error } = await run(text('a'), text('b') + text('c'), STOP, DONE)
    assert.equal(error, undefined)
    assert.deepEqual(
      chunks.map(({ choices }) => choices[0]!.text),
      ['a', 'b', 'c', ''],
    )
  })

  test('gives a chunk before the next one is there', async () => {
    const { client } = await connect(stream(text('a'), hold))
    for await (const { choices } of client.createStreaming(REQUEST)) {
      assert.equal(choices[0]!.text, 'a')
      break
    }
  })

  test('may have any content-type', async () => {
    const { client } = await connect({
      headers: { 'content-type': 'application/json' },
      body: [': ping\n\n', text('a', 'stop'), DONE],
    })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('may begin with blank lines and comments', async () => {
    const { text: got, error } = await run('\n\n', '\r\n: ping\n\n', text('a', 'stop'), DONE)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('needs no [DONE]', async () => {
    const { text: got, error } = await run(text('a'), STOP)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('needs no blank line after its last event', async () => {
    const { text: got, error } = await run(text('a'), text('b', 'stop').trimEnd())
    assert.deepEqual([got, error], ['ab', undefined])
  })

  test('may have white space around [DONE]', async () => {
    const { text: got, error } = await run(text('a', 'stop'), 'data:  [DONE] \n\n')
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('ends at [DONE], whatever comes after it', async () => {
    for (const rest of [text('no'), 'data: {\n\n', event({ error: 'no' }), pause(0)]) {
      const { text: got, error } = await run(text('a', 'stop'), DONE, rest)
      assert.deepEqual([got, error], ['a', undefined])
    }
  })

  test('ends at [DONE] when the server leaves the connection open', async () => {
    const { text: got, error } = await run(text('a', 'stop'), DONE, hold)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('may have events without data', async () => {
    const { text: got, chunks } = await run('data:\n\n', 'event: ping\ndata: \n\n', text('a'), STOP)
    assert.equal(got, 'a')
    assert.equal(chunks.length, 2)
  })

  test('may name its events', async () => {
    const { text: got } = await run(`event: completion\n${text('a', 'stop')}`, DONE)
    assert.equal(got, 'a')
  })
})
