import type { CompletionError } from '../completions/errors.ts'
import type { Wire } from '../generation/connection.ts'
import type { CapabilityStore } from '../generation/serverCapabilities.ts'
import type { Settings } from '../settings/settings.ts'
import type { Translate } from '../ui/translate.ts'
import type { Draft } from './draft.ts'
import type { InstalledServer } from './installedServers.ts'
import type { FoundServer } from './localServers.ts'
import type { Questions } from './questions.ts'

export type StepName = 'source' | 'url' | 'key' | 'model' | 'test' | 'trouble'

/** One question and what follows from the answer. It changes nothing but the draft. */
export type Step = (draft: Draft, services: ConnectServices) => Promise<Outcome>

export interface Outcome {
  draft: Draft
  next: StepName | 'back' | 'leave' | 'done'
}

/** The settings of a connection */
export type ConnectionSettings = Pick<Settings, 'endpoint' | 'server' | 'model'>

export interface SavedConnection extends ConnectionSettings {
  /** `null`: the key that is saved already, or none */
  key: string | null
}

/** Where a connection is saved */
export type Place = 'user' | 'workspace'

/** What the flow needs of the editor. */
export interface ConnectServices {
  questions: Questions
  t: Translate
  /** Puts an error into words. */
  describe(error: CompletionError): string
  /** The connection in force */
  current: Pick<ConnectionSettings, 'endpoint' | 'model'>
  /** The settings in force, with another connection */
  settings(connection: ConnectionSettings): Settings
  /** @param key one that is not saved, in place of the saved one */
  wire(settings: Settings, key: string | null): Promise<Wire>
  /** What earlier runs learned about servers */
  capabilities: CapabilityStore
  /** Whether a key is saved for the origin */
  hasKey(origin: string): Promise<boolean>
  /** The servers that run on this machine */
  findLocal(signal: AbortSignal): Promise<readonly FoundServer[]>
  installed(): Promise<readonly InstalledServer[]>
  /** Where `findLocal` looks */
  localGroup: string
  /** Opens a terminal with a command that the user has to confirm. */
  openTerminal(command: string): void
  /** Where it can be saved, the likeliest first */
  places: readonly Place[]
  save(connection: SavedConnection, place: Place): Promise<void>
}
