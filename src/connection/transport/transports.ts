import type { Send, Transport } from '../../completions/http/transport.ts'
import type { NetworkOptions } from './networkOptions.ts'

/** The transport for the current network options, reused between requests. */
export interface Transports {
  /**
   * Sends a request with these options. When the options change, a new transport is created, and
   * the old one closes after its last response.
   */
  sender(options: NetworkOptions): Send
  /**
   * Creates the transport for these options ahead of its use, and opens a connection to the origin of
   * the URL, unless that is `null`.
   */
  prepare(options: NetworkOptions, url: URL | null): Promise<void>
  /** Closes all connections. */
  dispose(): Promise<void>
}

export function createTransports(
  create: (options: NetworkOptions) => Promise<Transport>,
): Transports {
  let current: { key: string; transport: Promise<Transport> } | null = null
  const finishing = new Set<Promise<Transport>>()

  function get(options: NetworkOptions): Promise<Transport> {
    const key = JSON.stringify(options)
    if (current?.key === key) return current.transport
    if (current !== null) finish(current.transport)
    const transport = create(options)
    const made = { key, transport }
    current = made
    transport.catch(() => {
      if (current === made) current = null
    })
    return transport
  }

  function finish(transport: Promise<Transport>): void {
    finishing.add(transport)
    const ended = transport.then((each) => each.finish())
    void Promise.allSettled([ended]).then(() => finishing.delete(transport))
  }

  return {
    // Checked for each request: a retry may happen after a change.
    sender: (options) => async (request, signal) => {
      const { send } = await get(options)
      return send(request, signal)
    },
    async prepare(options, url) {
      const transport = await get(options)
      if (url !== null) await transport.open(url)
    },
    async dispose() {
      const all = [...finishing, ...(current === null ? [] : [current.transport])]
      current = null
      // A transport that was never created has no connections.
      await Promise.allSettled(all.map(async (transport) => (await transport).close()))
    },
  }
}
