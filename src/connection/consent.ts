import { createHash } from 'node:crypto'
import type { Memento } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { secretsOf } from '../completions/secrets.ts'
import type { Endpoint } from '../settings/endpoint.ts'
import { BUILTIN, endpointLabel } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'
import { isThisMachine } from './thisMachine.ts'

/** What the user is asked before anything is sent */
export type ConsentQuestion =
  /** The workspace changes the connection. `settings` are names without `infill.`. */
  | { id: 'workspaceConnection'; where: string; settings: readonly string[] }
  /** A key would travel over plain HTTP. */
  | { id: 'unencryptedKey'; where: string }
  /** A request document names another origin than that of the endpoint. */
  | { id: 'otherOrigin'; where: string }

/**
 * What the user has confirmed about connections. Each question is asked once: per workspace and value, or
 * per origin for plain HTTP.
 */
export interface Consent {
  /** Whether the connection of the settings needs no question. */
  isGiven(settings: Settings): boolean
  /** Asks before text is sent where the workspace wants it. @throws CompletionError `not_confirmed` */
  require(settings: Settings): Promise<void>
  /** Asks before a key is sent unencrypted. @throws CompletionError `not_confirmed` */
  requireForKey(endpoint: Endpoint, settings: Pick<Settings, 'headers'>): Promise<void>
  /** Asks before a request is sent to an origin that is not the endpoint's. @throws CompletionError `not_confirmed` */
  requireForOrigin(origin: string): Promise<void>
  /** The user has chosen this connection for the workspace. */
  give(settings: Settings): Promise<void>
}

export interface ConsentOptions {
  workspaceState: Memento
  globalState: Memento
  /** Returns whether the user allows it. */
  ask: (question: ConsentQuestion) => Promise<boolean>
}

/** Key of the lists in the stored state */
const STORED = 'confirmedConnections'

/** A workspace that changes its settings without end does not fill the storage. */
const MOST = 100

export function createConsent({ workspaceState, globalState, ask }: ConsentOptions): Consent {
  // Several cursors are one question.
  const pending = new Map<string, Promise<boolean>>()

  async function once(memory: Memento, id: string, question: ConsentQuestion): Promise<void> {
    if (isStored(memory, id)) return
    const asked =
      pending.get(id) ??
      ask(question).finally(() => {
        pending.delete(id)
      })
    pending.set(id, asked)
    if (!(await asked)) {
      throw new CompletionError('not_confirmed', { id: 'notConfirmed', where: question.where })
    }
    await store(memory, id)
  }

  return {
    isGiven: (settings) => !isNeeded(settings) || isStored(workspaceState, idOf(settings)),
    async require(settings) {
      if (!isNeeded(settings)) return
      const { endpoint, workspaceChanges = [] } = settings
      const where = endpointLabel(endpoint)
      const question = { id: 'workspaceConnection', where, settings: workspaceChanges } as const
      await once(workspaceState, idOf(settings), question)
    },
    async requireForKey({ base, apiKey }, { headers }) {
      if (base.protocol !== 'http:' || isThisMachine(base.hostname)) return
      if (secretsOf({ apiKey, headers }).size === 0) return
      await once(globalState, base.origin, { id: 'unencryptedKey', where: base.origin })
    },
    requireForOrigin: (origin) =>
      once(workspaceState, origin, { id: 'otherOrigin', where: origin }),
    async give(settings) {
      if (isNeeded(settings)) await store(workspaceState, idOf(settings))
    },
  }
}

/** A hash: headers may contain secrets, and are not to be stored in a second place. */
function idOf(settings: Settings): string {
  const { endpoint, server, headers, extraBody } = settings
  const { 'http.client': client, 'http.caFile': caFile } = settings
  const values = [endpoint, server, sorted(headers), sorted(extraBody), client, caFile]
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

function sorted(record: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1))
}

function isStored(memory: Memento, id: string): boolean {
  return memory.get<readonly string[]>(STORED, []).includes(id)
}

async function store(memory: Memento, id: string): Promise<void> {
  const others = memory.get<readonly string[]>(STORED, []).filter((each) => each !== id)
  await memory.update(STORED, [...others, id].slice(-MOST))
}

function isNeeded({ endpoint, workspaceChanges = [] }: Settings): boolean {
  return endpoint !== BUILTIN && workspaceChanges.length > 0
}
