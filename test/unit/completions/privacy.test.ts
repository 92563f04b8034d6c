import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { event, json, page, stream, text } from '../../support/answers.ts'
import type { Answer } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'

const KEY = 'sk-live-0123456789'

suite('Completions: errors never contain', () => {
  const connect = useConnections()
  /** Every word of the errors, with their causes and stacks */
  const errorsOf = async (answer: Answer, prompt = 'p') => {
    const { client } = await connect(answer, { apiKey: KEY })
    const request = { ...REQUEST, prompt }
    const { error } = await read(client.createStreaming(request))
    assert.ok(error)
    return inspect([error, await failure(client.create(request))], { depth: 10 })
  }

  const echo = `Incorrect API key provided: ${KEY}.`
  for (const [name, answer] of Object.entries({
    'an error’s JSON': json({ error: { message: echo } }, 401),
    'an error’s text': page(echo, 401),
    'an error in pieces': { status: 401, body: [echo.slice(0, 35), echo.slice(35)] },
    'a web page': page(`<p>${echo}`, 401, 'text/html'),
    'a web page at 200': page(`<p>${echo}`),
    'JSON at 200': json({ error: echo }),
    'an error in the stream': stream(text('a'), event({ error: { message: echo } })),
    'an event named error': stream(text('a'), `event: error\ndata: ${echo}\n\n`),
    'an event that is not JSON': stream(`data: ${echo}\n\n`),
    'JSON that does not end': page(`{"error":"${echo}`),
    'plain text at 200': page(echo),
    'a redirect': { status: 302, headers: { location: `http://a.example/${KEY}?k=${KEY}` } },
  })) {
    test(`the key, which the server repeats in ${name}`, async () => {
      assert.ok(!(await errorsOf(answer)).includes(KEY))
    })
  }

  for (const [name, answer] of Object.entries({
    'an event that is not JSON': stream('data: {"text": "MY SECRET CODE\n\n'),
    'JSON that does not end': page('{"choices":[{"text":"MY SECRET CODE'),
    'another JSON': json({ text: 'MY SECRET CODE' }),
    'plain text': page('MY SECRET CODE'),
    'a broken error': page('{"error":{"input":"MY SECRET CODE', 422),
  })) {
    test(`the prompt or the completion, which occur in ${name}`, async () => {
      assert.ok(!(await errorsOf(answer, 'MY SECRET CODE')).includes('SECRET'))
    })
  }

  test('a key that cannot be sent; the error names the request', async () => {
    for (const apiKey of [`${KEY}\n`, `${KEY}\r\nx: y`, `${KEY}…`]) {
      const { client, server } = await connect(json({ choices: [] }), { apiKey })
      const error = await failure(client.create(REQUEST))
      assert.equal(error.kind, 'invalid_request')
      assert.ok(!inspect(error, { depth: 10 }).includes(KEY))
      assert.equal(server.requests.length, 0)
    }
  })
})
