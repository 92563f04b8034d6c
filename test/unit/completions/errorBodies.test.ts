import assert from 'node:assert/strict'
import { json, page } from '../../support/answers.ts'
import type { Answer } from '../../support/sseServer.ts'
import { failure, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'

function* endless() {
  for (;;) yield 'x'.repeat(1000)
}

suite('Completions: the server’s error message', () => {
  const connect = useConnections()
  const messageOf = async (answer: Answer, apiKey: string | null = null) => {
    const { client, server } = await connect(answer, { apiKey })
    const failed = await failure(client.create(REQUEST))
    const message = sentenceOf(failed)
    return message.replace(server.url.host, 'HOST')
  }

  const bodies: [name: string, body: unknown][] = [
    [
      'an object',
      { error: { message: 'no', type: 'invalid_request_error', param: null, code: 1 } },
    ],
    ['a string', { error: 'no', error_type: 'x' }],
    ['a message without an error around it', { object: 'error', message: 'no', type: 'x' }],
    ['a detail', { detail: 'no' }],
    ['a list of details', { detail: [{ loc: ['body'], msg: 'no', type: 'missing', input: 'x' }] }],
    ['an object of details', { detail: { msg: 'no' } }],
    ['an error in an error', { error: { error: { message: 'no' } } }],
    ['a list of errors', [{ error: { message: 'no' } }]],
    ['a JSON string', 'no'],
  ]
  for (const [name, body] of bodies) {
    test(`is read from ${name}`, async () => {
      assert.equal(await messageOf(json(body, 422)), 'HOST responded with 422: no')
    })
  }

  test('is read from plain text', async () => {
    assert.equal(await messageOf(page('no < yes\n', 500)), 'HOST responded with 500: no < yes')
  })

  for (const [name, body] of [
    ['nothing', ''],
    ['white space', ' \n'],
    ['JSON without a message', '{"a":1}'],
    ['null', 'null'],
    ['half a JSON document', '{"error":{"message":"no'],
    ['a web page', '\n<!DOCTYPE html><title>502 Bad Gateway</title>'],
  ] as const) {
    test(`is empty for ${name}`, async () => {
      assert.equal(await messageOf(page(body, 502)), 'HOST responded with 502.')
    })
  }

  test('is one line of at most 300 characters', async () => {
    const message = await messageOf(json({ error: `a\r\n  b ${'x'.repeat(1000)}` }, 400))
    assert.match(message, /^HOST responded with 400: a b x+…$/)
    assert.ok(message.length < 350)
  })

  test('does not contain the key', async () => {
    for (const answer of [
      json({ error: 'wrong: sk-1 (sk-1)' }, 401),
      page('wrong: sk-1 (sk-1)', 401),
    ]) {
      assert.equal(await messageOf(answer, 'sk-1'), 'HOST responded with 401: wrong: … (…)')
    }
  })

  test('does not contain the prompt that a list of details repeats', async () => {
    // FastAPI servers return the whole input, which is longer here than what is read.
    const detail = [{ input: { prompt: 'secret '.repeat(20_000) }, msg: 'Field required' }]
    assert.equal(await messageOf(json({ detail }, 422)), 'HOST responded with 422.')
  })

  test('an endless body is not read to its end', async () => {
    const { client, server } = await connect({ status: 500, body: endless() })
    const failed = await failure(client.create(REQUEST))
    const message = sentenceOf(failed)
    assert.match(message, /responded with 500: x{300}…$/)
    await server.requests[0]!.closed
  })
})
