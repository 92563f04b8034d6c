import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { createTransport, toHttpRequest } from '../../../src/completions/index.ts'
import { toCurl } from '../../../src/completions/curl.ts'
import { withoutSecrets } from '../../../src/completions/secrets.ts'

const missing = ['bash', 'curl'].filter((name) => spawnSync(name, ['--version']).error)
const NASTY = `"it's" \\ \\n 'x' $HOME \${HOME} $(id) \`id\` !! # & | ; < > * ? ~ %s\r\n\t\0 é 你好 🙂 \u2028 \ud800`

suite('Completions: a request as a curl command', () => {
  suiteSetup(function () {
    if (missing.length === 0) return
    console.log(`    not run: there is no ${missing.join(' and no ')} here`)
    this.skip()
  })

  interface Received {
    method: string | undefined
    path: string | undefined
    headers: IncomingHttpHeaders
    body: Buffer
  }
  const received: Received[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const { method, url: path, headers } = request
      received.push({ method, path, headers, body: await buffer(request) })
      response.end('{}')
    })()
  })
  let base: URL
  suiteSetup(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    base = new URL(`http://127.0.0.1:${address.port}/v1?a=[1]&b={2,3}&c='x'&d=$HOME`)
  })
  suiteTeardown(() => server.close())

  /** Sends the request both ways; returns what arrived, without the headers that a client adds. */
  async function both(request: { prompt: string; stream: boolean }, headers = {}) {
    const { prompt, stream } = request
    const options = { base, apiKey: `sk-'"$x`, headers }
    const fields = { prompt, suffix: NASTY, max_tokens: 9 }
    received.length = 0
    const transport = await createTransport()
    const { signal } = new AbortController()
    const own = await transport.send(toHttpRequest(options, fields, stream), signal)
    for await (const _ of own.body) continue
    await transport.close()
    const command = toCurl(toHttpRequest(withoutSecrets(options), fields, stream))
    await pasted(command, { INFILL_API_KEY: options.apiKey, INFILL_HEADER_X_API_KEY: `a'b"c` })
    assert.equal(received.length, 2)
    return { command, requests: received.map(comparable) }
  }

  for (const stream of [true, false]) {
    test(`sends the same bytes when pasted into a shell: ${stream ? 'a stream' : 'a whole'}`, async () => {
      const { command, requests } = await both({ prompt: NASTY, stream })
      assert.deepEqual(requests[1], requests[0])
      assert.equal(JSON.parse(String(received[0]?.body)).prompt, NASTY)
      assert.equal(command.startsWith('curl -N '), stream)
    })
  }

  test('reads secrets from the environment, including those of headers', async () => {
    const { command, requests } = await both(
      { prompt: 'p', stream: true },
      { 'X-Api-Key': `a'b"c`, 'x-team': `it's $HOME` },
    )
    assert.deepEqual(requests[1], requests[0])
    assert.ok(!command.includes('sk-') && !command.includes(`b"c`), command)
    assert.match(command, /-H 'authorization: Bearer '"\$INFILL_API_KEY" /)
  })

  test('supports a body that is longer than the maximum argument', async () => {
    const { command, requests } = await both({ prompt: NASTY.repeat(3000), stream: true })
    assert.ok(command.startsWith('printf %s '))
    assert.equal(requests[1]?.body, requests[0]?.body)
    assert.deepEqual(requests[1], requests[0])
  })

  function comparable({ method, path, headers, body }: Received) {
    const { host: _h, connection: _c, 'user-agent': _u, expect: _e, ...rest } = headers
    return { method, path, headers: rest, body: body.toString('latin1') }
  }

  async function pasted(command: string, env: NodeJS.ProcessEnv): Promise<void> {
    // Typed in, not given as an argument: that could not be so long.
    const bash = spawn('bash', {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    bash.stdin.end(`${command}\n`)
    const said = await buffer(bash.stderr)
    const code = bash.exitCode ?? (await new Promise((resolve) => bash.once('exit', resolve)))
    assert.equal(code, 0, said.toString())
  }
})
