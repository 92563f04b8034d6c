import type { SecretStorage } from 'vscode'

/**
 * API keys, each bound to the origin of the endpoint that it was entered for: a workspace that
 * points `infill.endpoint` somewhere else does not get it.
 */
export interface ApiKeys {
  get(origin: string): Promise<string | null>
  set(origin: string, key: string): Promise<void>
  remove(origin: string): Promise<void>
}

export function apiKeysIn(secrets: SecretStorage): ApiKeys {
  return {
    get: async (origin) => (await secrets.get(nameOf(origin))) ?? null,
    set: async (origin, key) => secrets.store(nameOf(origin), key),
    remove: async (origin) => secrets.delete(nameOf(origin)),
  }
}

function nameOf(origin: string): string {
  return `infill.apiKey ${origin}`
}
