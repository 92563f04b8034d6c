import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { openLibrary, type Library } from '../../../src/builtin/library.ts'
import { serve, type Server } from '../../../src/builtin/server.ts'
import { events, post, token } from './endpoint.ts'
import { config, knowledgeOf } from './model.ts'

const knowledge = knowledgeOf([config])

/** Runs a test against a server whose model uses the caches that `caches` returns, or fails with its error. */
async function withServer(
  caches: () => Library['caches'],
  test: (server: Server) => Promise<void>,
): Promise<void> {
  const library: Library = {
    vocabulary: knowledge.vocabulary,
    get caches() {
      return caches()
    },
    fingerprint: 'fp_test',
    ready: async () => undefined,
    update: () => undefined,
  }
  const server = await serve(library, { token })
  try {
    await test(server)
  } finally {
    await server.close()
  }
}

suite('Built-in endpoint: server failures', () => {
  test('reports that the model failed, without details', () =>
    withServer(
      () => {
        throw new Error('with the secret text')
      },
      async (server) => {
        for (const stream of [false, true]) {
          const response = await post(server, { prompt: 'x', stream })
          assert.equal(response.status, 500)
          assert.deepEqual(await response.json(), {
            error: { message: 'The model failed.', type: 'server_error', param: null, code: null },
          })
        }
      },
    ))

  test('cuts a stream without [DONE] when the model fails later', () => {
    let runs = 0
    return withServer(
      () => {
        if (++runs > 1) throw new Error('no more')
        return knowledge.caches
      },
      async (server) => {
        const response = await post(server, {
          prompt: ['x', 'y'],
          seed: 1,
          stream: true,
          max_tokens: 3,
        })
        assert.equal(response.status, 200)
        await assert.rejects(events(response))
        assert.equal(runs, 2)
      },
    )
  })

  test('generates no more than the client reads', async () => {
    let runs = 0
    await withServer(
      () => {
        runs++
        return knowledge.caches
      },
      async ({ url }) => {
        const request = httpRequest(`${url}/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
        })
        // Each choice echoes its prompt, which fills the buffers of the sockets quickly.
        const prompt = Array.from({ length: 1000 }, (_, at) => `${at} ${'x'.repeat(3000)}`)
        request.end(
          JSON.stringify({ prompt, seed: 1, echo: true, max_tokens: 1, stream: true, logprobs: 5 }),
        )
        const [response] = await once(request, 'response')
        response.pause()
        let before = -1
        while (before !== runs) {
          before = runs
          await delay(200)
        }
        assert.ok(runs < 1000, `${runs} of 1000`)
        request.destroy()
        await delay(50)
        assert.ok(runs <= before + 1, `${runs} after ${before}`)
      },
    )
  }).timeout(20_000)

  test('does not start when the port is in use', async () => {
    const library = openLibrary({ roots: [] })
    const first = await serve(library, { token })
    try {
      const port = Number(new URL(first.url).port)
      await assert.rejects(serve(library, { token, port }), { code: 'EADDRINUSE' })
    } finally {
      await first.close()
    }
  })
})
