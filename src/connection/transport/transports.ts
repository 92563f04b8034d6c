import type { Send, Transport } from '../../completions/http/transport.ts'
import type { NetworkOptions } from './networkOptions.ts'

/** The transport of the network as it is set now, so that connections are used again. */
export interface Transports {
  /**
   * Sends as the options say. With other options than the last, a new transport is made, and the old
   * one ends with what still goes over it.
   */
  sender(options: NetworkOptions): Send
  /** Ends every connection. */
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
    // Asked for at each request: an attempt may be the second of a run that began before a change.
    sender: (options) => async (request, signal) => {
      const { send } = await get(options)
      return send(request, signal)
    },
    async dispose() {
      const all = [...finishing, ...(current === null ? [] : [current.transport])]
      current = null
      // One that was never made has nothing to end.
      await Promise.allSettled(all.map(async (transport) => (await transport).close()))
    },
  }
}
