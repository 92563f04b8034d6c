import { connectionError, invalidHeader } from './connectionError.ts'
import { readBody } from './undiciTransport.ts'
import type { Transport } from './transport.ts'

/**
 * A transport that uses the process's own `fetch`. In the extension host it is VS Code's, which
 * supports PAC files, Kerberos and the system's proxies and certificates. The options of the other
 * transport do not apply to it.
 */
export function createFetchTransport(): Transport {
  const closed = new AbortController()
  return {
    async close() {
      closed.abort(new Error('The transport was closed.'))
    },
    // The process owns the connections: it opens them as needed, and closes idle ones.
    async open() {},
    async finish() {},
    async send({ method, url, headers, body }, caller) {
      caller.throwIfAborted()
      const signal = AbortSignal.any([caller, closed.signal])
      const sent = checked(headers, url)
      let response: Response
      try {
        response = await globalThis.fetch(url, {
          method,
          headers: sent,
          ...(body === undefined ? {} : { body }),
          signal,
          redirect: 'manual',
          cache: 'no-store',
        })
      } catch (error) {
        if (caller.aborted) throw caller.reason
        throw connectionError(error, url)
      }
      const { status, headers: received } = response
      return {
        // A browser stack reports a redirect that it does not follow as status 0.
        status: status === 0 ? 302 : status,
        header: (name) => received.get(name) ?? undefined,
        body: readBody(response.body ?? NOTHING, url, caller),
      }
    },
  }
}

/** The error of `fetch` would quote the invalid value, which may be the key. */
function checked(headers: Readonly<Record<string, string>>, url: URL): Headers {
  try {
    return new Headers(headers)
  } catch {
    throw invalidHeader(url)
  }
}

const NOTHING: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
}
