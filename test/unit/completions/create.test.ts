import assert from 'node:assert/strict'
import { DONE, event, json, page, stream, text } from '../../support/answers.ts'
import { cut, pause } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'

const WHOLE = {
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1,
  model: 'm',
  system_fingerprint: 'fp',
  choices: [{ index: 0, text: 'a', finish_reason: 'length', logprobs: null }],
  usage: {
    prompt_tokens: 1,
    completion_tokens: 1,
    total_tokens: 2,
    prompt_tokens_details: null,
    completion_tokens_details: null,
  },
}

suite('Completions: one whole completion', () => {
  const connect = useConnections()

  test('is the JSON document', async () => {
    const { client } = await connect(json(WHOLE))
    assert.deepEqual(await client.create(REQUEST), WHOLE)
  })

  test('can have any content-type, white space and a byte order mark before it', async () => {
    for (const before of ['\n\n  ', '\uFEFF', '\uFEFF\r\n']) {
      const { client } = await connect(page(before + JSON.stringify(WHOLE, null, 2)))
      assert.deepEqual(await client.create(REQUEST), WHOLE)
    }
  })

  test('can follow blank lines that keep the connection open', async () => {
    const { client } = await connect({ body: ['\n', '\n', JSON.stringify(WHOLE)] })
    assert.deepEqual(await client.create(REQUEST), WHOLE)
  })

  test('can arrive in pieces that split a character', async () => {
    const bytes = Buffer.from(JSON.stringify({ choices: [{ text: '🙂' }] }))
    const at = bytes.indexOf(0x9f)
    const { client } = await connect({
      body: [bytes.subarray(0, at), pause(5), bytes.subarray(at)],
    })
    assert.equal((await client.create(REQUEST)).choices[0]!.text, '🙂')
  })

  test('has its choices in the order of their index', async () => {
    const choices = [2, 0, 1].map((index) => ({ index, text: String(index) }))
    const { client } = await connect(json({ choices }))
    const completion = await client.create(REQUEST)
    assert.deepEqual(
      completion.choices.map(({ text: each }) => each),
      ['0', '1', '2'],
    )
  })

  test('is combined when the server streams nevertheless', async () => {
    const { choices, ...meta } = WHOLE
    const usage = event({ ...meta, choices: [] })
    const { client } = await connect(stream(text('a'), text('b', 'length'), usage, DONE))
    const together = { ...WHOLE, choices: [{ ...choices[0]!, text: 'ab' }] }
    assert.deepEqual(await client.create(REQUEST), together)
  })

  test('is one chunk of a stream when the server does not stream', async () => {
    const { client } = await connect(json(WHOLE))
    assert.deepEqual((await read(client.createStreaming(REQUEST))).chunks, [WHOLE])
  })

  test('is cut when the connection breaks', async () => {
    const { client } = await connect({ body: ['{"choices":[', cut] })
    assert.equal((await failure(client.create(REQUEST))).kind, 'cut')
  })

  test('is cut when a stream instead of it is cut', async () => {
    const { client } = await connect(stream(text('a'), DONE))
    assert.equal((await failure(client.create(REQUEST))).kind, 'cut')
  })
})
