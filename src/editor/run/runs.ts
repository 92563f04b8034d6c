import type { Disposable } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Progress } from '../../usage/progress.ts'
import { setContext } from '../setContext.ts'

/** What the code of a run receives. */
export interface Run {
  /** Aborted to stop; inserted text stays. */
  signal: AbortSignal
  report: (progress: Progress) => void
}

/** At most one run per window. */
export interface Runs extends Disposable {
  /**
   * Runs a task that writes into a document. The previous run is stopped and awaited first: its last
   * edit may be in flight, and would be mistaken for the user's.
   */
  run(task: (run: Run) => Promise<void>): Promise<void>
  /** Stops the current run; inserted text stays. */
  cancel(): void
}

export function createRuns(reportCurrent: (progress: Progress) => void): Runs {
  let current: { abort: AbortController; ended: Promise<void> } | null = null

  async function run(task: (run: Run) => Promise<void>): Promise<void> {
    const previous = current
    const abort = new AbortController()
    const isCurrent = (): boolean => current?.abort === abort
    // A run that was replaced reports nothing more.
    const report = (progress: Progress): void => {
      if (isCurrent()) reportCurrent(progress)
    }
    async function start(): Promise<void> {
      if (previous !== null) {
        previous.abort.abort()
        await Promise.allSettled([previous.ended])
      }
      try {
        await task({ signal: abort.signal, report })
      } catch (error) {
        if (!(error instanceof CompletionError)) throw error
        report({ kind: 'failed', error })
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
