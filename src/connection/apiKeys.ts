import type { SecretStorage } from 'vscode'

/**
 * API keys, each bound to the origin of the endpoint that it was entered for. A workspace that points
 * `infill.endpoint` elsewhere does not get the key.
 */
export interface ApiKeys {
  get(origin: string): Promise<string | null>
  set(origin: string, key: string): Promise<void>
  remove(origin: string): Promise<void>
}

export function apiKeysIn(secrets: SecretStorage): ApiKeys {
  return {
    get: async (origin) => (await secrets.get(secretName(origin))) ?? null,
    set: async (origin, key) => secrets.store(secretName(origin), key),
    remove: async (origin) => secrets.delete(secretName(origin)),
  }
}

function secretName(origin: string): string {
  return `infill.apiKey ${origin}`
}
