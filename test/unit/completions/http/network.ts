import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createClient,
  createTransport,
  type Client,
  type ClientOptions,
  type TransportOptions,
} from '../../../../src/completions/index.ts'
import type { ProxySettings } from '../../../../src/completions/http/proxy.ts'
import { startProxy, type ProxyOptions, type ProxyServer } from '../../../support/proxyServer.ts'
import { startServer, type ScriptedServer } from '../../../support/sseServer.ts'
import type { Identity } from './certificate.ts'
import { secured, type SecureServer } from './secureServer.ts'

/** A name that is not loopback's: nobody but the proxy of the tests knows where it is. */
export const INNER = 'inner.test'

/** Servers, proxies, files and clients for one test each */
export interface Network {
  server(script: Parameters<typeof startServer>[0]): Promise<ScriptedServer>
  secured(server: ScriptedServer, identity: Identity): Promise<SecureServer>
  proxy(options?: ProxyOptions): Promise<ProxyServer>
  file(text: string): Promise<string>
  client(
    base: string,
    transport?: TransportOptions,
    options?: Partial<ClientOptions>,
  ): Promise<Client>
}

/** Call it in a suite: closes everything after each test. */
export function useNetwork(): Network {
  const ending: (() => Promise<unknown>)[] = []
  teardown(async () => {
    // The clients first: a server’s end would reach them as a failure.
    for (const end of ending.splice(0).toReversed()) await end()
  })
  function closing<T extends { close(): Promise<unknown> }>(each: T): T {
    ending.push(() => each.close())
    return each
  }
  return {
    server: async (script) => closing(await startServer(script)),
    secured: async (server, identity) => closing(await secured(server.url, identity)),
    proxy: async (options) => closing(await startProxy(options)),
    async file(text) {
      const folder = await mkdtemp(join(tmpdir(), 'infill-test-'))
      ending.push(() => rm(folder, { recursive: true }))
      const file = join(folder, 'ca.pem')
      await writeFile(file, text)
      return file
    },
    async client(base, transport, options = {}) {
      const { send } = closing(await createTransport(transport))
      const timeouts = { firstTokenTimeout: 5, idleTimeout: 5 }
      return createClient({ base: new URL(base), apiKey: 'sk-1', ...timeouts, send, ...options })
    },
  }
}

/** The settings that send everything through that proxy */
export function through({ url }: ProxyServer, more: Partial<ProxySettings> = {}): ProxySettings {
  return { http: url.href, https: url.href, noProxy: [], authorization: null, ...more }
}
