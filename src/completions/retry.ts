import { setTimeout as sleep } from 'node:timers/promises'
import { CompletionError } from './errors.ts'

/** A retry, reported before the request is sent again. */
export interface Retry {
  /** Counted from 1 */
  attempt: number
  /** Time until it is sent, in ms */
  delay: number
  /** Why the previous attempt failed */
  error: CompletionError
}

export interface RetryOptions {
  /** Maximum number of retries; 0: none */
  maxRetries: number
  /** Ends the wait at once, with its reason. */
  signal: AbortSignal
  /** The time of the clock after which no wait may end; `Infinity`: no limit */
  until: number
  onRetry?: ((retry: Retry) => void) | undefined
  clock?: Clock | undefined
}

/** Clock and randomness, which tests replace */
export interface Clock {
  /** Current time in ms, from any origin */
  now(): number
  /** Resolves after `ms`. @throws anything as soon as the signal is aborted */
  sleep(ms: number, signal: AbortSignal): Promise<unknown>
  /** From 0 to below 1 */
  random(): number
}

export const CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  random: Math.random,
}

/**
 * Calls `attempt` until it succeeds, fails with an error that is not retryable, or the retries are
 * used up. A wait that would end too late is not started: its reason is more useful than a timeout.
 *
 * @throws the last error of `attempt`; the signal's reason when it was aborted
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { maxRetries, signal, until, onRetry, clock = CLOCK }: RetryOptions,
): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt()
    } catch (error) {
      const hopeless = !(error instanceof CompletionError && error.retryable)
      if (hopeless || retries >= maxRetries || signal.aborted) throw error
      const delay = error.retryAfter ?? backoff(retries, clock.random())
      if (clock.now() + delay >= until) throw error
      onRetry?.({ attempt: retries + 1, delay, error })
      await wait(delay, signal, clock)
    }
  }
}

/**
 * The delay before the next attempt, in ms: 0.5 s, doubled with each attempt up to 8 s, minus up to
 * a quarter, so that many clients do not retry at the same moment.
 *
 * @param random from 0 to below 1
 */
export function backoff(retries: number, random: number): number {
  return Math.min(500 * 2 ** retries, 8000) * (1 - random / 4)
}

async function wait(ms: number, signal: AbortSignal, clock: Clock): Promise<void> {
  try {
    await clock.sleep(ms, signal)
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}
