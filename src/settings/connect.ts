import type { Client } from '../completions/client.ts'
import { CompletionError } from '../completions/errors.ts'
import type { Send, Transport } from '../completions/transport.ts'
import type { ApiKeys } from './apiKeys.ts'
import { BUILTIN, baseUrl, type Endpoint } from './endpoint.ts'
import type { Settings } from './settings.ts'

/** Turns settings into a client of the endpoint they name. */
export interface Connector {
  connect(settings: Settings): Promise<Client>
  dispose(): Promise<void>
}

export interface ConnectorOptions {
  keys: ApiKeys
  /** Gives the built-in endpoint, which it starts at the first use. */
  builtin: () => Promise<{ url: string; token: string }>
  /** Put around the transport's `send`, for the log */
  around: (send: Send) => Send
}

/** One transport for all runs, so that connections are used again. It loads at the first run. */
export function createConnector({ keys, builtin, around }: ConnectorOptions): Connector {
  let transport: Promise<Transport> | undefined
  return {
    async connect(settings) {
      const { createClient, createTransport } = await import('../completions/index.ts')
      const endpoint = await resolveEndpoint(settings, { keys, builtin })
      const { send } = await (transport ??= createTransport())
      return createClient({ ...settings, ...endpoint, send: around(send) })
    },
    async dispose() {
      await (await transport)?.close()
    },
  }
}

async function resolveEndpoint(
  { endpoint }: Settings,
  { keys, builtin }: Pick<ConnectorOptions, 'keys' | 'builtin'>,
): Promise<Endpoint> {
  if (endpoint === BUILTIN) {
    try {
      const { url, token } = await builtin()
      return { base: baseUrl(url), apiKey: token }
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new CompletionError('unreachable', why, { cause })
    }
  }
  const base = baseUrl(endpoint)
  return { base, apiKey: await keys.get(base.origin) }
}
