import type { RequestOptions } from './client.ts'

/**
 * What is secret in a request: under the name of a shell variable that stands for it wherever the
 * request is shown, its value.
 */
export type Secrets = ReadonlyMap<string, string>

/** Stands for the key that is kept for the endpoint. */
export const API_KEY = '$INFILL_API_KEY'

type Keyed = Pick<RequestOptions, 'apiKey' | 'headers'>

export function secretsOf({ apiKey, headers }: Keyed): Secrets {
  const ofHeaders = secretHeaders(headers).map(([name, value]) => [variable(name), value] as const)
  return new Map([...(apiKey === null ? [] : [[API_KEY, apiKey] as const]), ...ofHeaders])
}

/** The same options with the names in place of the secrets: what they make can be shown. */
export function withoutSecrets<T extends Keyed>(options: T): T {
  const named = secretHeaders(options.headers).map(([name]) => [name, variable(name)] as const)
  return {
    ...options,
    apiKey: options.apiKey === null ? null : API_KEY,
    headers: { ...options.headers, ...Object.fromEntries(named) },
  }
}

/** Matches every name of a secret, known or not. */
export const SECRET_NAMES = /\$INFILL_[A-Z0-9_]+/g

/** The text with the secrets in it, or `null` when it names one that there is not. */
export function reveal(text: string, secrets: Secrets): string | null {
  const names: string[] = text.match(SECRET_NAMES) ?? []
  if (!names.every((name) => secrets.has(name))) return null
  return text.replaceAll(SECRET_NAMES, (name) => secrets.get(name) ?? name)
}

/** The text without the secrets: servers like to repeat a key that they do not know. */
export function conceal(text: string, secrets: Secrets): string {
  let concealed = text
  for (const [name, secret] of secrets) {
    if (secret.length < SHORTEST_SECRET) continue
    // In JSON, a quote or a backslash of it is written in another way.
    for (const written of [secret, JSON.stringify(secret).slice(1, -1)]) {
      concealed = concealed.replaceAll(written, () => name)
    }
  }
  return concealed
}

/** What local servers are given as a key ("none", "EMPTY") is no secret, and words of any text. */
const SHORTEST_SECRET = 8

function secretHeaders(headers: Readonly<Record<string, string>> = {}): [string, string][] {
  return Object.entries(headers).filter(([name]) => isSecretHeader(name))
}

/** Whether what a header of that name holds is likely to be nobody else's business. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name)
}

const SECRET_HEADER = /auth|key|token|secret|cookie|passw|credential/i

/** `x-api-key` → `$INFILL_HEADER_X_API_KEY`: never the name that the key itself has */
function variable(header: string): string {
  return `$INFILL_HEADER_${header.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
