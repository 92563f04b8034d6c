import type { Disposable } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Progress } from '../../usage/progress.ts'
import { setContext } from '../setContext.ts'

/** What a run is given. */
export interface Run {
  /** Aborted to stop; what has been inserted stays. */
  signal: AbortSignal
  tell: (progress: Progress) => void
}

/** The runs of this window: one at a time, for there is one caret that the user looks at. */
export interface Runs extends Disposable {
  /**
   * Does what writes into a document. A run that is still going on is stopped first, and waited for:
   * its last edit may be on its way, and would be taken for one of the user's.
   */
  run(task: (run: Run) => Promise<void>): Promise<void>
  /** Stops; what has been inserted stays. */
  cancel(): void
}

export function createRuns(report: (progress: Progress) => void): Runs {
  let current: { abort: AbortController; ended: Promise<void> } | null = null

  async function run(task: (run: Run) => Promise<void>): Promise<void> {
    const previous = current
    const abort = new AbortController()
    const isCurrent = (): boolean => current?.abort === abort
    // A run that was followed by another one has nothing more to say.
    const tell = (progress: Progress): void => {
      if (isCurrent()) report(progress)
    }
    async function start(): Promise<void> {
      if (previous !== null) {
        previous.abort.abort()
        await Promise.allSettled([previous.ended])
      }
      try {
        await task({ signal: abort.signal, tell })
      } catch (error) {
        if (!(error instanceof CompletionError)) throw error
        tell({ kind: 'failed', error })
      }
    }
    const started = { abort, ended: Promise.resolve() }
    current = started
    setContext('infill.streaming', true)
    started.ended = start()
    try {
      await started.ended
    } finally {
      if (isCurrent()) {
        current = null
        setContext('infill.streaming', false)
      }
    }
  }

  return {
    run,
    cancel: () => current?.abort.abort(),
    dispose: () => current?.abort.abort(),
  }
}
