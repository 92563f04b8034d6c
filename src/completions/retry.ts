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
  /** How often a request may be sent again; 0: never */
  maxRetries: number
  /** Ends the wait at once, with its reason. */
  signal: AbortSignal
  /** When it is too late to wait any longer, by the clock; `Infinity`: never */
  until: number
  onRetry?: ((retry: Retry) => void) | undefined
  clock?: Clock | undefined
}

/** Time and chance, for tests to put others in their place */
export interface Clock {
  /** ms since whenever */
  now(): number
  /** Resolves after so many ms. @throws anything as soon as the signal is aborted */
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
 * Calls `attempt` until it goes well, fails for good, or has been called often enough. A wait that
 * would not end in time is not begun: the reason for it says more than the timeout would.
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
 * The wait before the next attempt, in ms: 0.5 s, then twice as long each time up to 8 s, and up to
 * a quarter less of each, so that many clients do not come back at the same moment.
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
