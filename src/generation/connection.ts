import type { Client, ClientOptions, RequestOptions } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type { Send } from '../completions/http/transport.ts'
import type { ServerProfile } from '../servers/profile.ts'

/** An endpoint with its key and network settings: enough to send requests to it. */
export interface Wire {
  base: URL
  client: (dialect?: Dialect, options?: Partial<Pick<ClientOptions, 'maxRetries'>>) => Client
  /** What the settings specify for each request, as `toHttpRequest` takes it */
  requestOptions: RequestOptions
  send: Send
}

/** A wire to a server that is known: ready to generate. */
export interface Connection extends Wire {
  profile: ServerProfile
  /** From the settings, else the server's only model; empty when neither is known */
  model: string
  /** Maximum number of tokens of prompt and completion together, where the server states it */
  context?: number | undefined
  /** Whether the server was recognized; `false` while it is loading: then nothing is learned. */
  isCertain: boolean
}

/** What a generation needs of a connection. */
export type GenerationConnection = Pick<
  Connection,
  'base' | 'client' | 'profile' | 'model' | 'context' | 'isCertain'
>
