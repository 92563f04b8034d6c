import { createHash } from 'node:crypto'
import type { Memento } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { isLoopback } from '../completions/http/noProxy.ts'
import { secretsOf } from '../completions/secrets.ts'
import type { Endpoint } from '../settings/endpoint.ts'
import { BUILTIN, endpointLabel } from '../settings/endpointLabel.ts'
import type { Settings } from '../settings/settings.ts'

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
  /** To be called when settings have changed. */
  reset(): void
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

  // Connections that no workspace has changed, so that their settings are looked at once
  const own = new Set<string>()

  function changesIn(settings: Settings): readonly string[] {
    const values = valuesOf(settings)
    if (settings.endpoint === BUILTIN || own.has(values)) return []
    const changes = settings.workspaceChanges?.() ?? []
    if (changes.length === 0) own.add(values)
    return changes
  }

  return {
    isGiven: (settings) =>
      changesIn(settings).length === 0 || isStored(workspaceState, idOf(settings)),
    async require(settings) {
      const changes = changesIn(settings)
      if (changes.length === 0) return
      const where = endpointLabel(settings.endpoint)
      const question = { id: 'workspaceConnection', where, settings: changes } as const
      await once(workspaceState, idOf(settings), question)
    },
    async requireForKey({ base, apiKey }, { headers }) {
      if (base.protocol !== 'http:' || isLoopback(base)) return
      if (secretsOf({ apiKey, headers }).size === 0) return
      await once(globalState, base.origin, { id: 'unencryptedKey', where: base.origin })
    },
    requireForOrigin: (origin) =>
      once(workspaceState, origin, { id: 'otherOrigin', where: origin }),
    async give(settings) {
      if (changesIn(settings).length > 0) await store(workspaceState, idOf(settings))
    },
    reset: () => own.clear(),
  }
}

/** A hash: headers may contain secrets, and are not to be stored in a second place. */
function idOf(settings: Settings): string {
  return createHash('sha256').update(valuesOf(settings)).digest('hex')
}

function valuesOf(settings: Settings): string {
  const { endpoint, server, headers, extraBody } = settings
  const { 'http.client': client, 'http.caFile': caFile } = settings
  return JSON.stringify([endpoint, server, sorted(headers), sorted(extraBody), client, caFile])
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
