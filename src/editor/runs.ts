import { commands, window, type Disposable } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { readSettings } from '../settings/configuration.ts'
import type { Lessons } from '../settings/lessons.ts'
import type { Progress } from '../usage/progress.ts'
import type { SessionOptions } from './session.ts'

export interface RunsOptions {
  connect: SessionOptions['connect']
  lessons: Lessons
  report: (progress: Progress) => void
  notice: (message: string) => void
}

/** The runs of this window: one at a time, for there is one caret that the user looks at. */
export interface Runs extends Disposable {
  /** Completes in the active editor. A run that is still going on is stopped first. */
  complete(): Promise<void>
  /** Stops; what has been inserted stays. */
  cancel(): void
}

interface Run {
  abort: AbortController
  ended: Promise<void>
}

export function createRuns(options: RunsOptions): Runs {
  let current: Run | null = null

  async function complete(): Promise<void> {
    const previous = current
    const abort = new AbortController()
    const isCurrent = (): boolean => current?.abort === abort
    // A run that was followed by another one has nothing more to say.
    const tell = (progress: Progress): void => {
      if (isCurrent()) options.report(progress)
    }
    const run: Run = { abort, ended: Promise.resolve() }
    current = run
    setStreaming(true)
    run.ended = start(previous, abort.signal, tell)
    try {
      await run.ended
    } finally {
      if (isCurrent()) {
        current = null
        setStreaming(false)
      }
    }
  }

  async function start(
    previous: Run | null,
    signal: AbortSignal,
    tell: (progress: Progress) => void,
  ): Promise<void> {
    if (previous !== null) {
      previous.abort.abort()
      // Its last edit may be on its way, and would be taken for one of the user's.
      await Promise.allSettled([previous.ended])
    }
    try {
      const editor = window.activeTextEditor
      if (editor === undefined) throw noEditor()
      const settings = readSettings(editor.document)
      const { completeAt } = await import('./session.ts')
      await completeAt(editor, { ...options, settings, report: tell, signal })
    } catch (error) {
      if (!(error instanceof CompletionError)) throw error
      tell({ kind: 'failed', error })
    }
  }

  return {
    complete,
    cancel: () => current?.abort.abort(),
    dispose: () => current?.abort.abort(),
  }
}

/** Not waited for: the run shall not be later for it, and VS Code keeps the order. */
function setStreaming(on: boolean): void {
  void commands.executeCommand('setContext', 'infill.streaming', on)
}

function noEditor(): CompletionError {
  return new CompletionError(
    'not_editable',
    'Open a file and put the caret where the text should go.',
  )
}
