import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigurationTarget, workspace } from 'vscode'
import { DONE, stream, text } from '../support/answers.ts'
import { startProxy, type ProxyOptions, type ProxyServer } from '../support/proxyServer.ts'
import type { ScriptedServer } from '../support/sseServer.ts'
import { createAuthority } from '../unit/completions/http/certificate.ts'
import { secured } from '../unit/completions/http/secureServer.ts'
import { closeAll, complete, drawn, openText, serve, setEndpoint } from './support.ts'

const ANSWER = stream(text('one'), text(' two', 'stop'), DONE)

suite('network', () => {
  let server: ScriptedServer
  const proxies: ProxyServer[] = []
  const changed = new Set<string>()

  const set = async (name: string, value: unknown) => {
    if (value !== undefined) changed.add(name)
    await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global)
  }
  setup(async () => {
    server = await serve(ANSWER)
  })
  teardown(async () => {
    for (const name of changed) await set(name, undefined)
    changed.clear()
    await server.close()
    for (const proxy of proxies.splice(0)) await proxy.close()
    await closeAll()
  })
  suiteTeardown(() => setEndpoint(undefined))

  const useProxy = async (options?: ProxyOptions) => {
    const proxy = await startProxy(options)
    proxies.push(proxy)
    await set('http.proxy', proxy.url.origin)
    return proxy
  }
  /** Requests one whole completion and returns the request. */
  const completes = async () => {
    const editor = await openText('(|)')
    await complete()
    assert.equal(drawn(editor), '(one two|)')
    const request = server.requests.findLast(({ method }) => method === 'POST')
    assert.ok(request)
    return request
  }

  test('does not change the global dispatcher and fetch of the extension host', async () => {
    const names = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(Symbol.for)
    const installed = () => names.map((name) => Reflect.get(globalThis, name))
    const before = [...installed(), globalThis.fetch]
    const { headers } = await completes()
    // `fetch` would send it.
    assert.equal(headers['user-agent'], undefined)
    assert.deepEqual([...installed(), globalThis.fetch], before)
    const response = await fetch(server.url)
    assert.equal(response.status, 200)
    await response.text()
  })

  test('uses VS Code’s network stack when infill.http.client is vscode', async () => {
    await set('infill.http.client', 'vscode')
    const { headers } = await completes()
    assert.equal(headers['sec-fetch-mode'], 'cors')
  })

  test('trusts the certificates of infill.http.caFile in addition to the system’s', async () => {
    const authority = createAuthority()
    const secure = await secured(server.url, authority.issue('localhost'))
    const folder = await mkdtemp(join(tmpdir(), 'infill-test-'))
    const file = join(folder, 'ca.pem')
    try {
      await writeFile(file, authority.cert)
      await set('infill.http.caFile', file)
      await setEndpoint(`https://localhost:${secure.port}/v1`)
      await completes()
      assert.ok(secure.connections > 0)
    } finally {
      await secure.close()
      await rm(folder, { recursive: true })
    }
  })

  for (const client of ['undici', 'vscode']) {
    test(`uses http.proxy with ${client}, but not for this computer`, async () => {
      const proxy = await useProxy()
      await set('infill.http.client', client)
      await completes()
      assert.equal(proxy.requests.length, 0)
      // A host name that only this proxy resolves
      await setEndpoint(`http://inner.test:${server.url.port}/v1`)
      const { headers } = await completes()
      assert.equal(headers.host, `inner.test:${server.url.port}`)
      assert.ok(proxy.requests.some((each) => each.includes(`inner.test:${server.url.port}`)))
    })
  }

  test('sends http.proxyAuthorization to a proxy that requires a password', async () => {
    const authorization = 'Basic dTpw'
    await useProxy({ authorization })
    await set('http.proxyAuthorization', authorization)
    await setEndpoint(`http://inner.test:${server.url.port}/v1`)
    const { headers } = await completes()
    assert.equal(headers['proxy-authorization'], undefined)
  })
})
