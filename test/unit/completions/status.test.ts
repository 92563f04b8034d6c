import assert from 'node:assert/strict'
import { json, page } from '../../support/answers.ts'
import { cut, hold, startServer, type Answer } from '../../support/sseServer.ts'
import { failure, read, REQUEST, useConnections } from './support.ts'
import { sentenceOf } from '../../support/wording.ts'

suite('Completions: a status that is not 2xx', () => {
  const connect = useConnections()

  const kinds = {
    400: 'rejected',
    401: 'authentication',
    402: 'quota',
    403: 'authentication',
    404: 'not_found',
    407: 'proxy',
    408: 'rejected',
    409: 'rejected',
    413: 'context_length',
    422: 'rejected',
    424: 'rejected',
    429: 'rate_limit',
    499: 'rejected',
    500: 'server',
    501: 'server',
    503: 'server',
    529: 'server',
  }
  for (const [status, kind] of Object.entries(kinds)) {
    test(`${status} is ${kind}`, async () => {
      const { client } = await connect(json({ error: { message: 'x' } }, Number(status)))
      const { chunks, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([chunks.length, error?.kind, error?.status], [0, kind, Number(status)])
      const whole = await failure(client.create(REQUEST))
      assert.deepEqual([whole.kind, whole.status], [kind, Number(status)])
    })
  }

  test('the server’s request id is kept', async () => {
    const { client } = await connect({ status: 500, headers: { 'X-Request-Id': 'req-1' } })
    assert.equal((await failure(client.create(REQUEST))).requestId, 'req-1')
  })

  test('the status is reported even when the connection breaks before the body ends', async () => {
    const { client } = await connect({ status: 401, body: ['{"error":', cut] })
    const error = await failure(client.create(REQUEST))
    assert.deepEqual([error.kind, error.status], ['authentication', 401])
  })

  test('the status is reported even when the body never ends', async () => {
    const options = { firstTokenTimeout: 0.05 }
    const { client } = await connect({ status: 401, body: ['{"error":', hold] }, options)
    const error = await failure(client.create(REQUEST))
    assert.deepEqual([error.kind, error.status], ['authentication', 401])
  })

  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status} to another origin is not followed, and the key is not sent`, async () => {
      const other = await startServer(page('never'))
      try {
        const moved: Answer = { status, headers: { location: `${other.url.href}?k=sk-1` } }
        const { client, server } = await connect(moved, { apiKey: 'sk-1' })
        const error = await failure(client.create(REQUEST))
        assert.deepEqual([error.kind, error.status], ['rejected', status])
        assert.equal(
          sentenceOf(error),
          `${server.url.host} responded with ${status}: it redirects to ${other.url.origin}, and redirects are not followed.`,
        )
        assert.equal(other.requests.length, 0)
        assert.equal(server.requests.length, 1)
      } finally {
        await other.close()
      }
    })
  }

  test('a redirect can lack a location', async () => {
    for (const headers of [{}, { location: '/login' }, { location: 'http://[' }]) {
      const { client } = await connect({ status: 302, headers })
      const failed = await failure(client.create(REQUEST))
      const message = sentenceOf(failed)
      assert.match(message, /it redirects to another address, and redirects are not followed\.$/)
    }
  })
})
