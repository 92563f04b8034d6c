import type { Dispatcher } from 'undici'
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
  /** Ends every connection. */
  destroy(): Promise<void>
  /** Closes each connection as soon as it is idle. */
  close(): Promise<void>
}

/** Timeout for connecting, in ms. After it, the timers of the client apply. */
const CONNECT_TIMEOUT = 10_000

export async function createDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const { Agent, Pool, ProxyAgent } = await loadUndici()
  const made = new Map<string, Promise<Dispatcher>>()

  async function make(secure: boolean, proxy: URL | null): Promise<Dispatcher> {
    const secureContext = secure ? await createTrust(options) : undefined
    const connect = {
      timeout: CONNECT_TIMEOUT,
      rejectUnauthorized: options.strictSSL,
      ...(secureContext === undefined ? {} : { secureContext }),
    }
    if (proxy === null) return new Agent({ connect })
    // `https:` uses a tunnel, and `http:` a request to the proxy, as is the default of undici and
    // curl: company proxies refuse CONNECT to ports other than 443 (Squid's `SSL_ports`).
    return new ProxyAgent({
      uri: proxy.href,
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

  return {
    get(url, proxy) {
      const secure = url.protocol === 'https:' || proxy?.protocol === 'https:'
      const key = `${secure} ${proxy?.href ?? ''}`
      const known = made.get(key)
      if (known !== undefined) return known
      const dispatcher = make(secure, proxy)
      made.set(key, dispatcher)
      // The file may exist the next time.
      dispatcher.catch(() => made.delete(key))
      return dispatcher
    },
    destroy: () => forEach((dispatcher) => dispatcher.destroy()),
    close: () => forEach((dispatcher) => dispatcher.close()),
  }
}
