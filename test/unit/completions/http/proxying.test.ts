import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { DONE, json, stream, text } from '../../../support/answers.ts'
import { hold, startServer } from '../../../support/sseServer.ts'
import { createAuthority } from './certificate.ts'
import { INNER, through, useNetwork } from './network.ts'
import { failure, read, REQUEST } from '../support.ts'
import { sentenceOf } from '../../../support/wording.ts'

const ANSWER = stream(text('a'), text('b', 'stop'), DONE)
const authority = createAuthority()

suite('Completions: requests through a proxy', () => {
  const network = useNetwork()
  /** A TLS server with the name INNER, and the options to trust it */
  const secureServer = async (script = ANSWER) => {
    const server = await network.server(script)
    const { port } = await network.secured(server, authority.issue(INNER))
    const caFile = await network.file(authority.cert)
    return { server, caFile, base: `https://${INNER}:${port}/v1` }
  }

  test('https uses a tunnel, and the proxy sees neither key nor path', async () => {
    const { server, caFile, base } = await secureServer()
    const proxy = await network.proxy()
    const client = await network.client(base, { proxy: through(proxy), caFile })
    for (let run = 0; run < 2; run += 1) {
      assert.equal((await read(client.createStreaming(REQUEST))).text, 'ab')
    }
    assert.deepEqual([...new Set(proxy.requests)], [`CONNECT ${new URL(base).host}`])
    assert.equal(server.requests[0]!.headers.authorization, 'Bearer sk-1')
    assert.equal(server.requests[0]!.path, '/v1/completions')
  })

  test('http is a request to the proxy', async () => {
    const server = await network.server(ANSWER)
    const proxy = await network.proxy()
    const base = `http://${INNER}:${server.url.port}/v1?a=b`
    const client = await network.client(base, { proxy: through(proxy) })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'ab')
    const asked = `POST http://${INNER}:${server.url.port}/v1/completions?a=b`
    assert.deepEqual(proxy.requests, [asked])
    assert.equal(server.requests[0]!.headers.host, new URL(base).host)
    assert.equal(server.requests[0]!.headers.authorization, 'Bearer sk-1')
    assert.equal(server.requests[0]!.headers['proxy-authorization'], undefined)
  })

  test('requests to this computer never use a proxy', async () => {
    const server = await network.server(ANSWER)
    const proxy = await network.proxy()
    for (const host of ['127.0.0.1', 'localhost']) {
      const base = `http://${host}:${server.url.port}/v1`
      const client = await network.client(base, { proxy: through(proxy) })
      assert.equal((await read(client.createStreaming(REQUEST))).text, 'ab')
    }
    assert.deepEqual(proxy.requests, [])
  })

  test('the connection to the proxy can use TLS', async () => {
    const { caFile, base } = await secureServer()
    const proxy = await network.proxy({ identity: authority.issue('localhost') })
    const client = await network.client(base, { proxy: through(proxy), caFile })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'ab')
    const plain = await network.server(ANSWER)
    const other = await network.client(`http://${INNER}:${plain.url.port}/v1`, {
      proxy: through(proxy),
      caFile,
    })
    assert.equal((await read(other.createStreaming(REQUEST))).text, 'ab')
    assert.deepEqual(
      proxy.requests.map((each) => each.split(' ')[0]),
      ['CONNECT', 'POST'],
    )
    const strict = await network.client(base, { proxy: through(proxy) })
    const failed = await failure(strict.create(REQUEST))
    const { kind } = failed
    const message = sentenceOf(failed)
    assert.equal(kind, 'certificate')
    assert.match(message, /of inner\.test:\d+ or of the proxy localhost:\d+ is not trusted/)
  })

  test('a cancel takes effect at once, in a tunnel and without', async () => {
    const open = stream(text('a'), hold)
    const { caFile, base, server } = await secureServer(open)
    const plain = await network.server(open)
    const proxy = await network.proxy()
    for (const [url, asked] of [
      [base, server],
      [`http://${INNER}:${plain.url.port}/v1`, plain],
    ] as const) {
      const client = await network.client(url, { proxy: through(proxy), caFile })
      const abort = new AbortController()
      for await (const _ of client.createStreaming(REQUEST, { signal: abort.signal })) abort.abort()
      await (
        await asked.received()
      ).closed
    }
  })

  const BASIC = `Basic ${Buffer.from('us er:pass@').toString('base64')}`
  for (const [name, credentials, authorization] of [
    ['of its URL', 'us%20er:pass%40@', null],
    ['of http.proxyAuthorization', '', BASIC],
    ['of http.proxyAuthorization rather than of its URL', 'x:y@', BASIC],
  ] as const) {
    test(`user and password are sent ${name}`, async () => {
      const { caFile, base } = await secureServer()
      const plain = await network.server(ANSWER)
      const proxy = await network.proxy({ authorization: BASIC })
      const address = proxy.url.href.replace('//', `//${credentials}`)
      const settings = through(proxy, { http: address, https: address, authorization })
      for (const url of [base, `http://${INNER}:${plain.url.port}/v1`]) {
        const client = await network.client(url, { proxy: settings, caFile })
        assert.equal((await read(client.createStreaming(REQUEST))).text, 'ab')
      }
      assert.equal(plain.requests[0]!.headers['proxy-authorization'], undefined)
    })
  }

  for (const scheme of ['http', 'https']) {
    test(`a proxy that requires a password is reported, for ${scheme}`, async () => {
      const proxy = await network.proxy({ authorization: BASIC })
      const { host } = proxy.url
      const address = `http://user:secret@${host}`
      const settings = through(proxy, { http: address, https: address })
      const client = await network.client(`${scheme}://${INNER}/v1`, { proxy: settings })
      const error = await failure(client.create(REQUEST))
      assert.deepEqual([error.kind, error.status, error.retryable], ['proxy', 407, false])
      assert.equal(
        sentenceOf(error),
        `The proxy ${host} requires a valid user name and password (407).`,
      )
      assert.ok(!inspect(error, { depth: 9 }).includes('secret'))
    })
  }

  for (const [refusal, said, retryable] of [
    [403, 'refused to connect to', false],
    [502, 'could not reach', true],
  ] as const) {
    test(`a proxy that responds with ${refusal} to CONNECT is reported`, async () => {
      const proxy = await network.proxy({ refusal })
      const client = await network.client(`https://${INNER}/v1`, { proxy: through(proxy) })
      const error = await failure(client.create(REQUEST))
      assert.deepEqual([error.kind, error.status, error.retryable], ['proxy', refusal, retryable])
      assert.equal(sentenceOf(error), `The proxy ${proxy.url.host} ${said} ${INNER} (${refusal}).`)
    })
  }

  for (const scheme of ['http', 'https']) {
    test(`an unreachable proxy is reported, for ${scheme}`, async () => {
      const gone = await startServer({})
      await gone.close()
      const proxy = { http: gone.url.origin, https: gone.url.origin }
      const client = await network.client(`${scheme}://${INNER}/v1`, {
        proxy: { ...proxy, noProxy: [], authorization: null },
      })
      const error = await failure(client.create(REQUEST))
      assert.deepEqual([error.kind, error.retryable], ['proxy', true])
      assert.equal(
        sentenceOf(error),
        `Could not reach the proxy ${gone.url.host}: connection refused.`,
      )
    })

    test(`a proxy that closes the connection is reported, for ${scheme}`, async () => {
      const proxy = await network.proxy({ instead: 'hang up' })
      const client = await network.client(`${scheme}://${INNER}/v1`, { proxy: through(proxy) })
      const failed = await failure(client.create(REQUEST))
      const { kind } = failed
      const message = sentenceOf(failed)
      assert.equal(kind, 'proxy')
      assert.equal(
        message,
        `Could not reach ${scheme}://${INNER} through the proxy ${proxy.url.host}: the connection was closed without a response.`,
      )
    })
  }

  test('a proxy that never responds exceeds the first-token timeout', async () => {
    const proxy = await network.proxy({ instead: 'be silent' })
    for (const scheme of ['http', 'https']) {
      const settings = { proxy: through(proxy) }
      const timeout = { firstTokenTimeout: 0.03 }
      const client = await network.client(`${scheme}://${INNER}/v1`, settings, timeout)
      assert.equal((await failure(client.create(REQUEST))).kind, 'timeout')
    }
    assert.equal(proxy.requests.length, 2)
  })

  test('an error of the server is not attributed to the proxy', async () => {
    const server = await network.server(json({ error: { message: 'no key' } }, 401))
    const proxy = await network.proxy()
    const base = `http://${INNER}:${server.url.port}/v1`
    const client = await network.client(base, { proxy: through(proxy) })
    const failed = await failure(client.create(REQUEST))
    const message = sentenceOf(failed)
    assert.equal(message, `${new URL(base).host} responded with 401: no key`)
  })
})
