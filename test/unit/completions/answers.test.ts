import assert from 'node:assert/strict'
import type { CompletionError } from '../../../src/completions/index.ts'
import { json, page, stream, streamOf } from '../../support/answers.ts'
import { hold, type Answer } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'

function* endlessEvent() {
  yield 'data: '
  for (;;) yield 'x'.repeat(1024 * 1024)
}

suite('Completions: a response with status 200 that is not a completion', () => {
  const connect = useConnections()

  /** The same whether a stream was asked for or not */
  const fail = async (answer: Answer): Promise<CompletionError> => {
    const { client } = await connect(answer)
    const { chunks, error } = await read(client.createStreaming(REQUEST))
    const whole = await failure(client.create(REQUEST))
    assert.equal(chunks.length, 0)
    assert.equal(sentenceOf(error), sentenceOf(whole))
    assert.equal(whole.kind, 'protocol')
    return whole
  }

  test('a web page', async () => {
    const failed = await fail(page('\r\n<!doctype html><p>Sign in', 200, 'text/html'))
    const message = sentenceOf(failed)
    assert.match(message, /^The server responded with a web page/)
  })

  test('a web page closes its connection, regardless of its length', async () => {
    const { client, server } = await connect({ body: ['<html>', hold] })
    await read(client.createStreaming(REQUEST))
    await server.requests[0]!.closed
  })

  test('an empty response', async () => {
    for (const answer of [page(''), page(' \n'), page('', 204), page('\uFEFF')]) {
      assert.equal(sentenceOf(await fail(answer)), 'The response is empty.')
    }
  })

  for (const [name, answer] of Object.entries({
    'a stream of comments': stream(': ping\n\n', ': ping\n\n'),
    'a stream of events without data': stream('data:\n\n', 'event: ping\ndata:\n\n'),
    '[DONE] alone': stream('data: [DONE]\n\n'),
    'plain text': page('Service not ready'),
    'another API’s JSON': json({ object: 'list', data: [] }),
    'another API’s events': stream('event: ping\ndata: {"type":"ping"}\n\n'),
    'events that are not JSON': stream('data: {"choices":\n\ndata: [DONE]\n\n'),
    'JSON of which a part is missing': page('{"choices":['),
    'lines of JSON': page('{"choices":[]}\n{"choices":[]}\n', 200, 'application/x-ndjson'),
  })) {
    test(name, async () => {
      await fail(answer)
    })
  }

  test('an oversized event', async () => {
    const { client, server } = await connect(streamOf(endlessEvent()))
    const { error } = await read(client.createStreaming(REQUEST))
    assert.equal(sentenceOf(error), 'The server sent an oversized event.')
    await server.requests[0]!.closed
  })
})
