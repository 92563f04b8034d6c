import { connectionError, invalidHeader } from './connectionError.ts'
import { readBody } from './undiciTransport.ts'
import type { Transport } from './transport.ts'

/**
 * A transport of the process's own `fetch`. In VS Code's extension host that is VS Code's: it knows
 * of PAC files, Kerberos and whatever else the user's system says about proxies and certificates,
 * and nothing of what is told to the other transport is for this one.
 */
export function createFetchTransport(): Transport {
  const closed = new AbortController()
  return {
    async close() {
      closed.abort(new Error('The transport was closed.'))
    },
    // Its connections belong to the process, which ends those that are idle.
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
        // A browser's stack hides a redirect that it does not follow behind the status 0.
        status: status === 0 ? 302 : status,
        header: (name) => received.get(name) ?? undefined,
        body: readBody(response.body ?? NOTHING, url, caller),
      }
    },
  }
}

/** `fetch` would quote the value that it refuses, which may be the key. */
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
