import assert from 'node:assert/strict'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { openLibrary } from '../../../src/builtin/library.ts'
import { serve, type Server } from '../../../src/builtin/server.ts'
import { token } from './endpoint.ts'

/** Runs a test against a server without files. */
async function withServer(
  test: (server: Server) => Promise<void>,
  options: { readonly bodyLimit?: number } = {},
): Promise<void> {
  const server = await serve(openLibrary({ roots: [] }), { token, ...options })
  try {
    await test(server)
  } finally {
    await server.close()
  }
}

const authorization = `Bearer ${token}`

interface Received {
  status: number | undefined
  headers: Record<string, unknown>
  body: string
}
function send(url: string, options: RequestOptions, body = ''): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () =>
        resolve({ status: response.statusCode, headers: response.headers, body: text }),
      )
    })
    request.on('error', reject).end(body)
  })
}

suite('Built-in endpoint: rejects', () => {
  const cases: [
    what: string,
    path: string,
    options: RequestOptions,
    body: string,
    status: number,
    code?: string,
  ][] = [
    ['no token', '/models', {}, '', 401, 'invalid_api_key'],
    [
      'a wrong token',
      '/models',
      { headers: { authorization: 'Bearer x' } },
      '',
      401,
      'invalid_api_key',
    ],
    ['a foreign host', '/models', { headers: { authorization, host: 'evil.example' } }, '', 403],
    [
      'a host that only starts like this one',
      '/models',
      { headers: { authorization, host: '127.0.0.1.evil.example' } },
      '',
      403,
    ],
    [
      'another path',
      '/chat/completions',
      { method: 'POST', headers: { authorization } },
      '{}',
      404,
      'unknown_url',
    ],
    [
      'GET completions',
      '/completions',
      { headers: { authorization } },
      '',
      405,
      'method_not_allowed',
    ],
    [
      'POST models',
      '/models',
      { method: 'POST', headers: { authorization } },
      '',
      405,
      'method_not_allowed',
    ],
    [
      'OPTIONS',
      '/completions',
      { method: 'OPTIONS', headers: { authorization } },
      '',
      405,
      'method_not_allowed',
    ],
    [
      'invalid JSON',
      '/completions',
      { method: 'POST', headers: { authorization } },
      'secret text',
      400,
    ],
    ['an empty body', '/completions', { method: 'POST', headers: { authorization } }, '', 400],
    [
      'an invalid field',
      '/completions',
      { method: 'POST', headers: { authorization } },
      '{"n":0}',
      400,
    ],
    [
      'another model',
      '/completions',
      { method: 'POST', headers: { authorization } },
      '{"model":"m"}',
      404,
      'model_not_found',
    ],
    [
      'a body over the limit',
      '/completions',
      { method: 'POST', headers: { authorization } },
      'x'.repeat(2_000_000),
      413,
    ],
    [
      'a chunked body over the limit',
      '/completions',
      { method: 'POST', headers: { authorization, 'transfer-encoding': 'chunked' } },
      'x'.repeat(2_000_000),
      413,
    ],
  ]
  for (const [what, path, options, body, status, code] of cases) {
    test(what, () =>
      withServer(
        async ({ url }) => {
          const received = await send(url + path, options, body)
          assert.equal(received.status, status)
          const { error }: { error: Record<string, unknown> } = JSON.parse(received.body)
          assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code'])
          assert.equal(error['code'], code ?? null)
          assert.doesNotMatch(String(error['message']), /secret/)
          assert.equal(received.headers['access-control-allow-origin'], undefined)
          assert.equal(received.headers['www-authenticate'], status === 401 ? 'Bearer' : undefined)
          if (status === 405)
            assert.equal(received.headers['allow'], path === '/models' ? 'GET' : 'POST')
        },
        { bodyLimit: 1_000_000 },
      ),
    )
  }

  test('HEAD, without a body', () =>
    withServer(async ({ url }) => {
      const received = await send(`${url}/models`, { method: 'HEAD', headers: { authorization } })
      assert.deepEqual([received.status, received.body], [405, ''])
    }))

  test('every connection after closing', async () => {
    let address = ''
    await withServer(async ({ url }) => void (address = url))
    await assert.rejects(send(`${address}/models`, {}), { code: 'ECONNREFUSED' })
  })
})
