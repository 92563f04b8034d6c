import type { Disposable, SecretStorage } from 'vscode'

/**
 * API keys, each bound to the origin of the endpoint that it was entered for. A workspace that points
 * `infill.endpoint` elsewhere does not get the key.
 */
export interface ApiKeys extends Disposable {
  get(origin: string): Promise<string | null>
  set(origin: string, key: string): Promise<void>
  remove(origin: string): Promise<void>
}

/** Reading the secret storage takes milliseconds, so each key is read once until it changes. */
export function apiKeysIn(secrets: SecretStorage): ApiKeys {
  const known = new Map<string, Promise<string | null>>()
  const listener = secrets.onDidChange(({ key }) => known.delete(key))

  function get(origin: string): Promise<string | null> {
    const name = secretName(origin)
    const found = known.get(name)
    if (found !== undefined) return found
    const read = Promise.resolve(secrets.get(name)).then((key) => key ?? null)
    known.set(name, read)
    // The storage may be locked for a moment.
    read.catch(() => known.delete(name))
    return read
  }

  return {
    get,
    async set(origin, key) {
      await secrets.store(secretName(origin), key)
      known.delete(secretName(origin))
    },
    async remove(origin) {
      await secrets.delete(secretName(origin))
      known.delete(secretName(origin))
    },
    dispose: () => listener.dispose(),
  }
}

function secretName(origin: string): string {
  return `infill.apiKey ${origin}`
}
