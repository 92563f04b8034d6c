import type { RequestOptions } from './client.ts'

/**
 * The secrets of a request. Key: the name of the shell variable that replaces it wherever the
 * request is shown.
 */
export type Secrets = ReadonlyMap<string, string>

/** Stands for the stored key of the endpoint. */
export const API_KEY = '$INFILL_API_KEY'

type Keyed = Pick<RequestOptions, 'apiKey' | 'headers'>

export function secretsOf({ apiKey, headers }: Keyed): Secrets {
  const ofHeaders = secretHeaders(headers).map(([name, value]) => [variable(name), value] as const)
  return new Map([...(apiKey === null ? [] : [[API_KEY, apiKey] as const]), ...ofHeaders])
}

/** Returns the options with names in place of the secrets, so that the result can be shown. */
export function withoutSecrets<T extends Keyed>(options: T): T {
  const named = secretHeaders(options.headers).map(([name]) => [name, variable(name)] as const)
  return {
    ...options,
    apiKey: options.apiKey === null ? null : API_KEY,
    headers: { ...options.headers, ...Object.fromEntries(named) },
  }
}

/** Matches the name of any secret. */
export const SECRET_NAMES = /\$INFILL_[A-Z0-9_]+/g

/** Inserts the secrets into the text; `null` when it contains an unknown name. */
export function reveal(text: string, secrets: Secrets): string | null {
  const names: string[] = text.match(SECRET_NAMES) ?? []
  if (!names.every((name) => secrets.has(name))) return null
  return text.replaceAll(SECRET_NAMES, (name) => secrets.get(name) ?? name)
}

/** Removes the secrets from the text: servers may repeat an unknown key. */
export function conceal(text: string, secrets: Secrets): string {
  let concealed = text
  for (const [name, secret] of secrets) {
    if (secret.length < SHORTEST_SECRET) continue
    // JSON escapes quotes and backslashes.
    for (const written of [secret, JSON.stringify(secret).slice(1, -1)]) {
      concealed = concealed.replaceAll(written, () => name)
    }
  }
  return concealed
}

/** Keys for local servers ("none", "EMPTY") are not secret and can occur in any text. */
const SHORTEST_SECRET = 8

function secretHeaders(headers: Readonly<Record<string, string>> = {}): [string, string][] {
  return Object.entries(headers).filter(([name]) => isSecretHeader(name))
}

/** Whether the value of a header with this name is likely to be secret. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name)
}

const SECRET_HEADER = /auth|key|token|secret|cookie|passw|credential/i

/** `x-api-key` → `$INFILL_HEADER_X_API_KEY`, which never equals the name of the stored key */
function variable(header: string): string {
  return `$INFILL_HEADER_${header.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
