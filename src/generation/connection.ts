import type { Client } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type { ServerProfile } from '../servers/profile.ts'

/** An endpoint, what is known of it, and how it is talked to. */
export interface Connection {
  base: URL
  profile: ServerProfile
  /** The one of the settings, else the only one that the server has; empty when neither is known */
  model: string
  client: (dialect?: Dialect) => Client
}
