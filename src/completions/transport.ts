import type * as Undici from 'undici'
import { CompletionError, connectionError } from './errors.ts'

export interface HttpRequest {
  method: 'GET' | 'POST'
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface HttpResponse {
  status: number
  /** Lower-case name → the header's first value */
  header(name: string): string | undefined
  /** Leaving the loop over it before its end closes the connection at once. */
  body: AsyncIterable<Uint8Array>
}

/**
 * Sends a request and resolves when the head of the answer is there. Redirects are not followed:
 * the key belongs to the origin it was entered for.
 *
 * @throws CompletionError `unreachable` or `certificate`, and `cut` while the body is read; the
 *   signal's reason when it was aborted
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export interface Transport {
  send: Send
  /** Ends every connection, also those that are in use. */
  close(): Promise<void>
}

/** How long to wait for a connection, in ms. What comes after it has timers of the client's. */
const CONNECT_TIMEOUT = 10_000

export async function createTransport(): Promise<Transport> {
  const { Agent } = await loadUndici()
  // Both of undici's own timers count SSE comments as life, and end after five minutes a server that
  // is still loading its model: the client has better ones.
  const agent = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT },
  })
  return {
    close: () => agent.destroy(),
    async send({ method, url, headers, body }, signal) {
      signal.throwIfAborted()
      try {
        const request = agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method,
          headers,
          body: body ?? null,
          signal,
        })
        const response = await orAborted(request, signal)
        return {
          status: response.statusCode,
          header(name) {
            const value = response.headers[name]
            return typeof value === 'object' ? value[0] : value
          },
          body: readBody(response.body, signal),
        }
      } catch (error) {
        if (signal.aborted) throw signal.reason
        throw connectionError(error, url)
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

async function* readBody(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    if (signal.aborted) throw signal.reason
    throw new CompletionError('cut', 'The connection broke before the answer was complete.', {
      cause,
    })
  }
}

/**
 * undici registers its agent as the process's global dispatcher as soon as it is imported, and Node's
 * own `fetch` reads the older of the two symbols: in the extension host that would take VS Code's
 * proxy support away from every other extension (nodejs/undici#5500). So both are put back.
 */
async function loadUndici(): Promise<typeof Undici.default> {
  const symbols = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map(Symbol.for)
  const before = symbols.map((symbol) => Reflect.get(globalThis, symbol))
  // The default export: of a CommonJS module, esbuild's chunk has no other.
  const { default: undici } = await import('undici')
  for (const [index, symbol] of symbols.entries()) {
    if (symbol in globalThis) Reflect.set(globalThis, symbol, before[index])
  }
  return undici
}
