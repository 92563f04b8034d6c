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

  test('yields its chunks one by one, in order', async () => {
    const { chunks, error } = await run(text('a'), text('b') + text('c'), STOP, DONE)
    assert.equal(error, undefined)
    assert.deepEqual(
      chunks.map(({ choices }) => choices[0]!.text),
      ['a', 'b', 'c', ''],
    )
  })

  test('yields a chunk before the next one arrives', async () => {
    const { client } = await connect(stream(text('a'), hold))
    for await (const { choices } of client.createStreaming(REQUEST)) {
      assert.equal(choices[0]!.text, 'a')
      break
    }
  })

  test('can have any content-type', async () => {
    const { client } = await connect({
      headers: { 'content-type': 'application/json' },
      body: [': ping\n\n', text('a', 'stop'), DONE],
    })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a')
  })

  test('can begin with blank lines and comments', async () => {
    const { text: got, error } = await run('\n\n', '\r\n: ping\n\n', text('a', 'stop'), DONE)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('can end without [DONE]', async () => {
    const { text: got, error } = await run(text('a'), STOP)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('can end without a blank line after the last event', async () => {
    const { text: got, error } = await run(text('a'), text('b', 'stop').trimEnd())
    assert.deepEqual([got, error], ['ab', undefined])
  })

  test('can have white space around [DONE]', async () => {
    const { text: got, error } = await run(text('a', 'stop'), 'data:  [DONE] \n\n')
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('ends at [DONE] and ignores what follows', async () => {
    for (const rest of [text('no'), 'data: {\n\n', event({ error: 'no' }), pause(0)]) {
      const { text: got, error } = await run(text('a', 'stop'), DONE, rest)
      assert.deepEqual([got, error], ['a', undefined])
    }
  })

  test('ends at [DONE] when the server leaves the connection open', async () => {
    const { text: got, error } = await run(text('a', 'stop'), DONE, hold)
    assert.deepEqual([got, error], ['a', undefined])
  })

  test('can contain events without data', async () => {
    const { text: got, chunks } = await run('data:\n\n', 'event: ping\ndata: \n\n', text('a'), STOP)
    assert.equal(got, 'a')
    assert.equal(chunks.length, 2)
  })

  test('can contain named events', async () => {
    const { text: got } = await run(`event: completion\n${text('a', 'stop')}`, DONE)
    assert.equal(got, 'a')
  })
})
