import type { Transport } from './transport.ts'
import { bodyError, connectionError } from './connectionError.ts'
import { createDispatchers } from './dispatcher.ts'
import { NO_PROXY, proxyFor, type ProxySettings } from './proxy.ts'

export interface TransportOptions {
  /** Default: none, not even the environment's; see `proxyFromEnvironment`. Never for loopback. */
  proxy?: ProxySettings
  /** Whether an untrusted certificate, the server's or the proxy's, is refused. Default: true */
  strictSSL?: boolean
  /** Whether to trust what the system trusts. Default: false */
  systemCertificates?: boolean
  /** A file in PEM format whose certificates are trusted as well. Default: none */
  caFile?: string
}

/** A transport of undici's. What takes time, as reading certificates does, waits for the first use. */
export async function createTransport(options: TransportOptions = {}): Promise<Transport> {
  const { proxy: proxies = NO_PROXY, strictSSL = true } = options
  const { systemCertificates = false, caFile = '' } = options
  const { authorization } = proxies
  const dispatchers = await createDispatchers({
    strictSSL,
    systemCertificates,
    caFile,
    authorization,
  })
  const closed = new AbortController()
  return {
    async close() {
      // undici's own way to end all forgets those that it was asked to let come to their end.
      closed.abort(new Error('The transport was closed.'))
      await dispatchers.destroy()
    },
    finish: () => dispatchers.close(),
    async send({ method, url, headers, body }, caller) {
      caller.throwIfAborted()
      const signal = AbortSignal.any([caller, closed.signal])
      const proxy = proxyFor(url, proxies)
      const dispatcher = await orAborted(dispatchers.get(url, proxy), signal)
      try {
        const request = dispatcher.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers,
          body: body ?? null,
          signal,
          // Both of undici's own timers count SSE comments as life, and end after five minutes a
          // server that is still loading its model: the client has better ones.
          headersTimeout: 0,
          bodyTimeout: 0,
        })
        const response = await orAborted(request, signal)
        return {
          status: response.statusCode,
          header(name) {
            const value = response.headers[name]
            return typeof value === 'object' ? value[0] : value
          },
          body: readBody(response.body, url, caller),
        }
      } catch (error) {
        if (caller.aborted) throw caller.reason
        throw connectionError(error, url, proxy)
      }
    },
  }
}

/** undici looks at the signal only when it is connected, and that may take CONNECT_TIMEOUT. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** The body, with whatever breaks it as one of our errors. */
export async function* readBody(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw bodyError(cause, url)
  }
}
