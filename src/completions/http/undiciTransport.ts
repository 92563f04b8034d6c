import { CompletionError } from '../errors.ts'
import type { Transport } from './transport.ts'
import { bodyError, connectionError } from './connectionError.ts'
import { decompressed } from './decompress.ts'
import { createDispatchers } from './dispatcher.ts'
import { NO_PROXY, proxyFor, type ProxySettings } from './proxy.ts'

export interface TransportOptions {
  /**
   * Default: none; the environment is not read, see `proxyFromEnvironment`. Never used for
   * loopback.
   */
  proxy?: ProxySettings
  /** Whether an untrusted certificate of the server or the proxy is refused. Default: true */
  strictSSL?: boolean
  /** Whether to trust the system's certificates. Default: false */
  systemCertificates?: boolean
  /** A PEM file with additional trusted certificates. Default: none */
  caFile?: string
}

/**
 * Creates a transport of undici. Slow preparation, such as reading certificates, waits for the
 * first use.
 */
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
  let isFinished = false

  async function open(url: URL): Promise<void> {
    try {
      if (!isFinished && proxyFor(url, proxies) === null) await dispatchers.open(url)
    } catch {
      // The next request meets the same error, and reports it.
    }
  }
  /** Ending an HTTP/1.1 response early closes its connection: the next request finds another. */
  function reopen(url: URL): void {
    // When undici has closed it
    setImmediate(() => void open(url))
  }

  return {
    open,
    async close() {
      isFinished = true
      // undici's `destroy` does not affect dispatchers that are already closing.
      closed.abort(new Error('The transport was closed.'))
      await dispatchers.destroy()
    },
    async finish() {
      isFinished = true
      await dispatchers.close()
    },
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
          // Both timers of undici count SSE comments as activity, and would end a server that loads
          // its model after five minutes. The client has its own timers.
          headersTimeout: 0,
          bodyTimeout: 0,
        })
        const response = await orAborted(request, signal)
        return {
          status: response.statusCode,
          header: (name) => firstOf(response.headers[name]),
          body: afterEarlyEnd(
            readBody(
              decompressed(response.body, firstOf(response.headers['content-encoding'])),
              url,
              caller,
            ),
            () => reopen(url),
          ),
        }
      } catch (error) {
        if (caller.aborted) {
          reopen(url)
          throw caller.reason
        }
        throw connectionError(error, url, proxy)
      }
    },
  }
}

/** undici checks the signal only after connecting, which can take CONNECT_TIMEOUT. */
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

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value[0] : value
}

/** Calls a function when the reader leaves a body before its end, or when its signal is aborted. */
async function* afterEarlyEnd(
  body: AsyncIterable<Uint8Array>,
  onEarlyEnd: () => void,
): AsyncGenerator<Uint8Array> {
  let isWhole = false
  try {
    yield* body
    isWhole = true
  } catch (error) {
    // The server or the network ended it.
    isWhole = error instanceof CompletionError
    throw error
  } finally {
    if (!isWhole) onEarlyEnd()
  }
}

/** The body; errors while reading it are converted to CompletionError. */
export async function* readBody(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw cause instanceof CompletionError ? cause : bodyError(cause, url)
  }
}
