import assert from 'node:assert/strict'
import { completionsDialect, createTransport } from '../../../src/completions/index.ts'
import { exchange } from '../../../src/completions/exchange.ts'
import { DONE, event, json, page, stream, text } from '../../support/answers.ts'
import { hold, startServer, type Answer, type ScriptedServer } from '../../support/sseServer.ts'

suite('Completions: an exchange', () => {
  let server: ScriptedServer
  teardown(() => server.close())

  async function send(answer: Answer, abort = new AbortController(), onChunk = () => {}) {
    server = await startServer(answer)
    const transport = await createTransport()
    const request = { method: 'POST', url: server.url, headers: {}, body: '{}' } as const
    try {
      return await exchange(request, {
        send: transport.send,
        dialect: completionsDialect,
        signal: abort.signal,
        onChunk,
      })
    } finally {
      await transport.close()
    }
  }

  test('returns a whole response as the server sent it', async () => {
    const value = { choices: [{ text: 'a', finish_reason: 'stop' }], timings: { own: 1 } }
    const answer = json(value)
    const result = await send({ ...answer, headers: { ...answer.headers, 'x-request-id': 'r1' } })
    assert.equal(result.status, 200)
    assert.deepEqual(result.raw, value)
    assert.equal(result.headers['x-request-id'], 'r1')
    assert.equal(result.completion?.choices[0]?.text, 'a')
    assert.equal(result.failure, null)
  })

  test('joins a stream and counts its chunks', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
    const result = await send(
      stream(
        text('a'),
        text('b', null, 1),
        text('c', 'stop'),
        text('', 'stop', 1),
        event({ choices: [], usage }),
        DONE,
      ),
    )
    assert.equal(result.chunks, 5)
    assert.deepEqual(
      result.completion?.choices.map((each) => each.text),
      ['ac', 'b'],
    )
    assert.equal(result.completion?.usage?.total_tokens, 3)
    assert.ok(result.firstChunkAfter !== null && result.firstChunkAfter <= result.elapsed)
  })

  test('does not wait for a response that stays open after [DONE]', async () => {
    const result = await send(stream(text('a', 'stop'), DONE, hold))
    assert.equal(result.failure, null)
    assert.equal(result.completion?.choices[0]?.text, 'a')
  })

  test('returns an error as the server sent it', async () => {
    const error = { error: { message: 'No such field', param: 'suffix' } }
    const refused = await send(json(error, 400))
    assert.deepEqual([refused.status, refused.raw], [400, error])
    const { host } = server.url
    assert.deepEqual(refused.failure, { id: 'httpStatus', host, status: 400, said: '' })
    await server.close()
    const plain = await send(page('Bad gateway', 502))
    assert.equal(plain.raw, 'Bad gateway')
    await server.close()
    const late = await send(stream(text('a'), event(error)))
    assert.equal(late.completion?.choices[0]?.text, 'a')
    assert.match(String(late.raw), /No such field/)
    const failed = { id: 'reportedError', host: server.url.host, said: 'No such field' }
    assert.deepEqual(late.failure, failed)
  })

  test('keeps what was received before it was stopped', async () => {
    const abort = new AbortController()
    const result = await send(stream(text('a'), hold), abort, () => abort.abort())
    assert.equal(result.completion?.choices[0]?.text, 'a')
    assert.equal(result.failure, 'stopped')
  })

  test('stopped before a response, it rejects with the reason', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 50)
    await assert.rejects(send({ before: [hold] }, abort), { name: 'AbortError' })
  })
})
