import type { CompletionErrorKind } from './errors.ts'
import type { HttpResponse } from './http/transport.ts'

type Head = Pick<HttpResponse, 'status' | 'header'>

/** Maximum delay that a server can request, in ms */
const MAX_RETRY_AFTER = 60_000

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
 * date (RFC 9110 §10.2.3). `undefined` when there is none, or it is over a minute.
 *
 * @param now in ms since 1970
 */
export function retryAfter({ header }: Pick<Head, 'header'>, now: number): number | undefined {
  const after = header('retry-after') ?? ''
  const waits = [
    number(header('retry-after-ms') ?? ''),
    number(after) * 1000,
    Date.parse(after) - now,
  ]
  return waits.find((ms) => ms >= 0 && ms <= MAX_RETRY_AFTER)
}

/** NaN for a value that is not a number, and for an empty one. */
function number(text: string): number {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}
