import type { Agent, Dispatcher } from 'undici'
import { aheadConnections, type AheadConnections } from './aheadConnections.ts'
import { createTrust, type CertificateOptions } from './certificates.ts'
import { loadUndici } from './loadUndici.ts'

export interface DispatcherOptions extends CertificateOptions {
  /** Whether an untrusted certificate ends the connection */
  strictSSL: boolean
  /** The value of `Proxy-Authorization`; `null`: user and password of the proxy's URL, if any */
  authorization: string | null
}

/** The connections of undici, created at first use: one pool per route. */
export interface Dispatchers {
  /** @throws CompletionError `invalid_request` about the setting `infill.http.caFile` */
  get(url: URL, proxy: URL | null): Promise<Dispatcher>
  /** Opens a direct connection ahead of a request, unless one is free. */
  open(url: URL): Promise<void>
  /** Ends every connection. */
  destroy(): Promise<void>
  /** Closes each connection as soon as it is idle. */
  close(): Promise<void>
}

/** Timeout for connecting, in ms. After it, the timers of the client apply. */
const CONNECT_TIMEOUT = 10_000

/**
 * How long an idle connection is kept, in ms, unless the server says how long it keeps it: longer than
 * the pause between two completions, while most servers wait 60 s or more.
 */
const KEEP_ALIVE = 55_000

/** Direct connections, some of them opened ahead */
interface Direct {
  agent: Agent
  ahead: AheadConnections
}

export async function createDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const { Agent, buildConnector, Pool, ProxyAgent } = await loadUndici()
  const made = new Map<string, Promise<Dispatcher>>()
  const direct = new Map<Dispatcher, Direct>()

  async function make(secure: boolean, proxy: URL | null): Promise<Dispatcher> {
    const secureContext = secure ? await createTrust(options) : undefined
    const connect = {
      timeout: CONNECT_TIMEOUT,
      rejectUnauthorized: options.strictSSL,
      ...(secureContext === undefined ? {} : { secureContext }),
    }
    if (proxy === null) {
      const ahead = aheadConnections(buildConnector(connect))
      const agent = new Agent({ connect: ahead.connect, keepAliveTimeout: KEEP_ALIVE })
      direct.set(agent, { agent, ahead })
      return agent
    }
    // `https:` uses a tunnel, and `http:` a request to the proxy, as is the default of undici and
    // curl: company proxies refuse CONNECT to ports other than 443 (Squid's `SSL_ports`).
    return new ProxyAgent({
      uri: proxy.href,
      keepAliveTimeout: KEEP_ALIVE,
      ...(options.authorization === null ? {} : { token: options.authorization }),
      proxyTls: { ...connect, allowH2: false },
      requestTls: connect,
      // For the CONNECT itself, which can take five minutes by default.
      clientFactory: (origin, pool) =>
        new Pool(origin, { ...pool, headersTimeout: CONNECT_TIMEOUT }),
    })
  }

  async function forEach(end: (dispatcher: Dispatcher) => Promise<void>): Promise<void> {
    await Promise.all([...made.values()].map(async (each) => end(await each)))
  }

  function get(url: URL, proxy: URL | null): Promise<Dispatcher> {
    const secure = url.protocol === 'https:' || proxy?.protocol === 'https:'
    const key = `${secure} ${proxy?.href ?? ''}`
    const known = made.get(key)
    if (known !== undefined) return known
    const dispatcher = make(secure, proxy)
    made.set(key, dispatcher)
    // The file may exist the next time.
    dispatcher.catch(() => made.delete(key))
    return dispatcher
  }
  function closeAhead(): void {
    for (const { ahead } of direct.values()) ahead.close()
  }

  return {
    get,
    async open(url) {
      const found = direct.get(await get(url, null))
      if (found !== undefined && !hasFree(found.agent, url)) found.ahead.open(url)
    },
    async destroy() {
      closeAhead()
      await forEach((dispatcher) => dispatcher.destroy())
    },
    async close() {
      closeAhead()
      await forEach((dispatcher) => dispatcher.close())
    },
  }
}

/** Whether a further request would find an open connection */
function hasFree({ stats }: Agent, { origin }: URL): boolean {
  const found = stats[origin]
  // Not `free`, which is late by a moment
  return found !== undefined && Number(found.connected) > found.running
}
