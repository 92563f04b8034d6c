import assert from 'node:assert/strict'
import type { CompletionRequest } from '../../../src/completions/index.ts'
import { DONE, json, stream, text } from '../../support/answers.ts'
import { read, REQUEST, useConnections } from './support.ts'

suite('Completions: the request on the wire', () => {
  const connect = useConnections()
  const whole = json({ choices: [{ text: 'a', finish_reason: 'stop' }] })
  const streamed = stream(text('a', 'stop'), DONE)

  test('a stream is requested with these headers and no others', async () => {
    const { client, server } = await connect(streamed)
    await read(client.createStreaming(REQUEST))
    const body = '{"model":"m","prompt":"let sum = ","max_tokens":16,"stream":true}'
    assert.equal(server.requests.length, 1)
    assert.equal(server.requests[0]!.method, 'POST')
    assert.equal(server.requests[0]!.path, '/v1/completions')
    assert.deepEqual(server.requests[0]!.headers, {
      host: server.url.host,
      connection: 'keep-alive',
      accept: 'text/event-stream',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'content-length': String(body.length),
    })
    assert.deepEqual(server.requests[0]!.body, JSON.parse(body))
  })

  test('a whole completion is requested as JSON, with stream: false', async () => {
    const { client, server } = await connect(whole)
    await client.create(REQUEST)
    assert.equal(server.requests[0]!.headers.accept, 'application/json')
    assert.deepEqual(server.requests[0]!.body, { ...REQUEST, stream: false })
  })

  test('a whole completion is requested without stream options', async () => {
    const { client, server } = await connect(whole)
    await client.create({ ...REQUEST, stream_options: { include_usage: true } })
    assert.deepEqual(server.requests[0]!.body, { ...REQUEST, stream: false })
  })

  test('the key is sent as a bearer token', async () => {
    const { client, server } = await connect(whole, { apiKey: 'sk-1' })
    await client.create(REQUEST)
    assert.equal(server.requests[0]!.headers.authorization, 'Bearer sk-1')
  })

  test('the query of the URL is kept', async () => {
    const { server, client } = await connect(whole)
    server.url.search = '?api-version=2024-10-21'
    await client.create(REQUEST)
    assert.equal(server.requests[0]!.path, '/v1/completions?api-version=2024-10-21')
  })

  test('every field is sent under its own name', async () => {
    const request: CompletionRequest = {
      model: 'm',
      prompt: 'a',
      suffix: 'b',
      max_tokens: 0,
      temperature: 0,
      top_p: 1,
      n: 2,
      best_of: 3,
      stream_options: { include_usage: true, include_obfuscation: false },
      logprobs: 5,
      echo: false,
      stop: ['\n', 'x'],
      presence_penalty: -2,
      frequency_penalty: 2,
      logit_bias: { '50256': -100 },
      seed: 7,
      user: 'u',
    }
    const { client, server } = await connect(streamed)
    await read(client.createStreaming(request))
    assert.deepEqual(server.requests[0]!.body, { ...request, stream: true })
  })

  for (const prompt of ['a', ['a', 'b'], [1, 2], [[1], [2, 3]]]) {
    test(`the prompt can be ${JSON.stringify(prompt)}`, async () => {
      const { client, server } = await connect(whole)
      await client.create({ ...REQUEST, prompt })
      assert.deepEqual(server.requests[0]!.body, { ...REQUEST, prompt, stream: false })
    })
  }

  test('text is sent as UTF-8, without escapes', async () => {
    const prompt = 'é 你好 🙂 \u2028 \0 \r\n'
    const { client, server } = await connect(whole)
    await client.create({ ...REQUEST, prompt })
    assert.deepEqual(server.requests[0]!.body, { ...REQUEST, prompt, stream: false })
  })
})
