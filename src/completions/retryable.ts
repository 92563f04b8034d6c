import type { CompletionErrorKind } from './errors.ts'
import type { HttpResponse } from './http/transport.ts'

type Head = Pick<HttpResponse, 'status' | 'header'>

/** The longest wait that a server is obeyed in, in ms */
const MAX_RETRY_AFTER = 60_000

/**
 * Whether an answer that is an error may be another one a moment later: what the server says of it
 * in `x-should-retry`, or else what its status does.
 *
 * @param said the server's words
 */
export function isRetryable(
  { status, header }: Head,
  kind: CompletionErrorKind,
  said: string,
): boolean {
  // Whoever says so: to ask again does not fill an account, and does not shorten a prompt.
  if (kind === 'quota' || kind === 'context_length') return false
  const told = header('x-should-retry')?.trim().toLowerCase()
  if (told === 'true' || told === 'false') return told === 'true'
  // llama.cpp until 2025-11 and ik_llama.cpp answer 500 to a field that they do not know.
  if (UNSUPPORTED.test(said)) return false
  return RETRYABLE.has(status) || (status >= 500 && status !== 501)
}

const UNSUPPORTED =
  /unsupported param|only (one completion choice is allowed|no echo is supported)/i

/** Request Timeout, Conflict (a lock, of OpenAI's), Too Many Requests */
const RETRYABLE: ReadonlySet<number> = new Set([408, 409, 429])

/**
 * How long the server wants us to wait, in ms: its `retry-after-ms`, or `retry-after` in seconds or
 * as a date (RFC 9110 §10.2.3). `undefined` when it does not say, or wants more than a minute.
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

/** NaN for what is no number, and also for nothing. */
function number(text: string): number {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}
