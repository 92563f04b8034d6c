import type { CompletionErrorKind } from './errors.ts'
import type { HttpResponse } from './http/transport.ts'

type Head = Pick<HttpResponse, 'status' | 'header'>

/** The longest delay that is waited for, in ms: after a longer one the user decides. */
export const MAX_WAIT = 60_000

/**
 * Whether the same request may succeed later: as the server specifies in `x-should-retry`,
 * otherwise by the status.
 *
 * @param said the server's message
 */
export function isRetryable(
  { status, header }: Head,
  kind: CompletionErrorKind,
  said: string,
): boolean {
  // Regardless of the header: a retry does not increase a quota or shorten a prompt.
  if (kind === 'quota' || kind === 'context_length') return false
  const told = header('x-should-retry')?.trim().toLowerCase()
  if (told === 'true' || told === 'false') return told === 'true'
  // llama.cpp until 2025-11 and ik_llama.cpp respond with 500 to a field that they do not know.
  if (UNSUPPORTED.test(said)) return false
  return RETRYABLE.has(status) || (status >= 500 && status !== 501)
}

const UNSUPPORTED =
  /unsupported param|only (one completion choice is allowed|no echo is supported)/i

/** Request Timeout, Conflict (a lock timeout of OpenAI), Too Many Requests */
const RETRYABLE: ReadonlySet<number> = new Set([408, 409, 429])

/**
 * The delay that the server requests, in ms: `retry-after-ms`, or `retry-after` in seconds or as a
 * date (RFC 9110 §10.2.3); for 429 also the longest of the `x-ratelimit-reset-…` headers, such as
 * `1s` or `6m0s`, of what is used up. `undefined` when there is none.
 *
 * @param now in ms since 1970
 */
export function retryAfter({ status, header }: Head, now: number): number | undefined {
  const after = header('retry-after') ?? ''
  const waits = [
    number(header('retry-after-ms') ?? ''),
    number(after) * 1000,
    Date.parse(after) - now,
  ]
  const wait = waits.find((ms) => ms >= 0 && ms <= MAX_WAIT) ?? waits.find((ms) => ms >= 0)
  if (wait !== undefined || status !== 429) return wait
  const resets = ['requests', 'tokens'].flatMap((what) => {
    const isUsedUp = header(`x-ratelimit-remaining-${what}`)?.trim() === '0'
    return isUsedUp ? [duration(header(`x-ratelimit-reset-${what}`) ?? '')] : []
  })
  const longest = Math.max(...resets)
  return longest > 0 && longest < Infinity ? longest : undefined
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `6m0s`, `1.5s`, `120ms` → ms; 0 for anything else */
function duration(text: string): number {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)]
  return parts.reduce((sum, [, value, unit = '']) => sum + Number(value) * (UNITS[unit] ?? 0), 0)
}

/** NaN for a value that is not a number, and for an empty one. */
function number(text: string): number {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}
