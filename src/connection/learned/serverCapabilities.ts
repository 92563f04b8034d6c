import type { Memento } from 'vscode'
import type { CapabilityStore, ServerCapabilities } from '../../generation/serverCapabilities.ts'

/** How long an entry is valid, in ms: the server may be updated or replaced. */
const LIFETIME = 7 * 24 * 60 * 60 * 1000

const KEY = 'lessons'

interface Entry {
  lesson: ServerCapabilities
  at: number
}

/** Stored in VS Code's extension state; `now` in ms. */
export function capabilityStoreIn(
  memento: Pick<Memento, 'get' | 'update'>,
  now: () => number = Date.now,
): CapabilityStore {
  const read = (): Record<string, Entry> => memento.get<Record<string, Entry>>(KEY, {})
  function of(endpoint: string, model: string): ServerCapabilities {
    const entry = read()[nameOf(endpoint, model)]
    return entry === undefined || now() - entry.at > LIFETIME ? {} : entry.lesson
  }
  return {
    of,
    async add(endpoint, model, learned) {
      const before = of(endpoint, model)
      const refused = [...new Set([...(before.refused ?? []), ...(learned.refused ?? [])])]
      const entry = { lesson: { ...before, ...learned, refused }, at: now() }
      await memento.update(KEY, { ...read(), [nameOf(endpoint, model)]: entry })
    },
  }
}

function nameOf(endpoint: string, model: string): string {
  return `${endpoint} ${model}`
}
