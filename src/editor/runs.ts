import { commands, type Disposable } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { readSettings } from '../settings/configuration.ts'
import type { Lessons } from '../settings/lessons.ts'
import type { TokenRatios } from '../settings/tokenRatios.ts'
import type { Progress } from '../usage/progress.ts'
import { activeEditor } from './activeEditor.ts'
import { scopeOf } from './notebook.ts'
import type { SessionOptions } from './session.ts'

export interface RunsOptions {
  connect: SessionOptions['connect']
  lessons: Lessons
  ratios: TokenRatios
  report: (progress: Progress) => void
  notice: (message: string) => void
}

export interface CompleteOptions {
  allow?: string | undefined
  oneLine?: boolean | undefined
}

/** The runs of this window: one at a time, for there is one caret that the user looks at. */
export interface Runs extends Disposable {
  /**
   * Completes in the active editor. A run that is still going on is stopped first.
   *
   * `allow` is the URI of a document that is never sent otherwise; it is good for this one run.
   * `oneLine`: up to the end of one line.
   */
  complete(options?: CompleteOptions): Promise<void>
  /** Stops; what has been inserted stays. */
  cancel(): void
}

interface Run {
  abort: AbortController
  ended: Promise<void>
}

interface Start extends CompleteOptions {
  signal: AbortSignal
  tell: (progress: Progress) => void
}

export function createRuns(options: RunsOptions): Runs {
  let current: Run | null = null

  async function complete(how: CompleteOptions = {}): Promise<void> {
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
    run.ended = start(previous, { ...how, signal: abort.signal, tell })
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
    { signal, tell, allow, oneLine }: Start,
  ): Promise<void> {
    if (previous !== null) {
      previous.abort.abort()
      // Its last edit may be on its way, and would be taken for one of the user's.
      await Promise.allSettled([previous.ended])
    }
    try {
      // What was allowed is one document, and not the one that was opened since.
      const editor = activeEditor(allow)
      const settings = readSettings(scopeOf(editor.document))
      const { completeAt } = await import('./session.ts')
      await completeAt(editor, {
        ...options,
        settings,
        report: tell,
        signal,
        allowed: allow,
        oneLine,
      })
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

/** What the command's argument allows. Menus give it arguments of their own, which allow nothing. */
export function allowanceIn(argument: unknown): { allow?: string } {
  const isAllowance = typeof argument === 'object' && argument !== null && 'allow' in argument
  return isAllowance && typeof argument.allow === 'string' ? { allow: argument.allow } : {}
}
