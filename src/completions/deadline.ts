import { CompletionError } from './errors.ts'
import type { Problem } from './problems.ts'

/** The maximum delay of `setTimeout`, in ms: 24 days. It fires at once for longer delays. */
const MAX_DELAY = 2 ** 31 - 1

/** The signal of a run: aborted when the caller's signal is, or when a wait exceeded its limit. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Starts a wait of at most `seconds` (0: no limit), which replaces the previous one. */
  begin(seconds: number, problem: Problem): void
  /** Ends the wait. The caller's processing of a chunk is not timed. */
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
