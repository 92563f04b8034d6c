import type { Dispatcher } from 'undici'
import { createTrust, type CertificateOptions } from './certificates.ts'
import { loadUndici } from './loadUndici.ts'

export interface DispatcherOptions extends CertificateOptions {
  /** Whether a certificate that is not trusted ends the connection */
  strictSSL: boolean
  /** The value of `Proxy-Authorization`; `null`: the user and password of the proxy's URL, if any */
  authorization: string | null
}

/** undici's connections, made at the first use: one set each for what is reached in the same way. */
export interface Dispatchers {
  /** @throws CompletionError `invalid_request` about the setting `infill.http.caFile` */
  get(url: URL, proxy: URL | null): Promise<Dispatcher>
  /** Ends every connection. */
  destroy(): Promise<void>
  /** Ends every connection as soon as nothing goes over it any more. */
  close(): Promise<void>
}

/** How long to wait for a connection, in ms. What comes after it has timers of the client's. */
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
    // `https:` goes through a tunnel, and `http:` as a request to the proxy, which is undici's default
    // and curl's: offices' proxies refuse CONNECT to other ports than 443 (Squid's `SSL_ports`).
    return new ProxyAgent({
      uri: proxy.href,
      ...(options.authorization === null ? {} : { token: options.authorization }),
      proxyTls: { ...connect, allowH2: false },
      requestTls: connect,
      // Of the CONNECT itself: by default it may take five minutes.
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
      // The file may be there the next time.
      dispatcher.catch(() => made.delete(key))
      return dispatcher
    },
    destroy: () => forEach((dispatcher) => dispatcher.destroy()),
    close: () => forEach((dispatcher) => dispatcher.close()),
  }
}
