import { CompletionError } from './errors.ts'
import type { Problem } from './problems.ts'

/** The longest that `setTimeout` takes, in ms: 24 days. What is longer it does at once. */
const MAX_DELAY = 2 ** 31 - 1

/** A run's signal: aborted when the caller's is, or when a wait that was begun took too long. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Starts a wait of at most `seconds` (0: no limit), which replaces the previous one. */
  begin(seconds: number, problem: Problem): void
  /** Ends the wait: what the caller does with a chunk is on no clock. */
  end(): void
}

export function createDeadline(caller: AbortSignal | undefined): Deadline {
  const late = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: caller === undefined ? late.signal : AbortSignal.any([caller, late.signal]),
    begin(seconds, problem) {
      clearTimeout(timer)
      if (seconds <= 0) return
      timer = setTimeout(
        () => {
          late.abort(new CompletionError('timeout', problem))
        },
        Math.min(seconds * 1000, MAX_DELAY),
      )
    },
    end() {
      clearTimeout(timer)
    },
  }
}
