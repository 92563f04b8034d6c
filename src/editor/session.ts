import type { TextEditor } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { contextWindow } from '../infill/window.ts'
import type { Lessons } from '../settings/lessons.ts'
import type { Settings } from '../settings/settings.ts'
import { CHARACTERS_PER_TOKEN } from '../usage/estimate.ts'
import { createMeter, type Meter } from '../usage/meter.ts'
import type { End, Progress } from '../usage/progress.ts'
import { ask, type Connection } from './ask.ts'
import { linesOf } from './capture.ts'
import { Insertion, type Stopped } from './insertion.ts'
import type { Piece } from './pieces.ts'
import { checkWritable, readOnly } from './writable.ts'

export interface SessionOptions {
  settings: Settings
  /** The endpoint in force; it may take a while to be there. */
  connect: (settings: Settings, signal: AbortSignal) => Promise<Connection>
  lessons: Lessons
  report: (progress: Progress) => void
  /** Tells the user of what was learned about the server. */
  notice: (message: string) => void
  /** Aborted to stop; what has been inserted stays. */
  signal: AbortSignal
}

/** How often the figures are told while text streams in, in ms: the eye does not take more. */
const REPORT_INTERVAL = 100

/**
 * One completion, from the caret to the inserted text. It never throws: whatever happens ends in a
 * report.
 */
export async function completeAt(editor: TextEditor, options: SessionOptions): Promise<void> {
  const { settings, report } = options
  const insertion = new Insertion(editor)
  const signal = AbortSignal.any([options.signal, insertion.stopped])
  // Captured before anything is awaited: this is the text that the user pressed the key on.
  const window = contextWindow(linesOf(editor.document), editor.selection, {
    characters: settings.contextTokens * CHARACTERS_PER_TOKEN,
    prefixShare: settings.prefixShare,
  })
  const meter = createMeter(window.prompt.length + window.suffix.length)
  report({ kind: 'waiting' })
  try {
    await checkWritable(editor.document)
    const connection = await options.connect(settings, signal)
    const onRetry = ({ delay }: { delay: number }): void =>
      report({ kind: 'waiting', retryIn: delay })
    const answer = ask(window, { ...options, connection, signal, onRetry })
    const reason = await insertAll(answer, { insertion, meter, report })
    if (insertion.stopped.reason === 'refused') throw readOnly()
    const end = endOf(options.signal, insertion.stopped) ?? reason
    report({ kind: 'done', cost: meter.cost(), end })
  } catch (error) {
    const end = endOf(options.signal, insertion.stopped)
    if (end !== null) report({ kind: 'done', cost: meter.cost(), end })
    else report({ kind: 'failed', error: asCompletionError(error) })
  } finally {
    insertion.dispose()
  }
}

function asCompletionError(error: unknown): CompletionError {
  if (error instanceof CompletionError) return error
  return new CompletionError('internal', 'A defect in Infill; the log says more.', { cause: error })
}

/** Inserts the first choice and returns why the model ended it. What came before an error stays. */
async function insertAll(
  answer: AsyncIterable<Piece>,
  {
    insertion,
    meter,
    report,
  }: { insertion: Insertion; meter: Meter; report: (progress: Progress) => void },
): Promise<End> {
  let end: End = 'empty'
  let reportedAt = -REPORT_INTERVAL
  try {
    for await (const { chunk, text, finish_reason } of answer) {
      if (chunk !== null) meter.read(chunk)
      insertion.write(text)
      end = finish_reason ?? end
      const cost = meter.cost()
      if (cost.firstTokenAfter !== null && cost.elapsed - reportedAt >= REPORT_INTERVAL) {
        reportedAt = cost.elapsed
        report({ kind: 'streaming', cost })
      }
    }
  } finally {
    await insertion.settled()
  }
  return meter.cost().firstTokenAfter === null ? 'empty' : end
}

/** Why the run was stopped by somebody, or `null` when it was not. */
function endOf(caller: AbortSignal, stopped: AbortSignal): End | null {
  if (stopped.aborted) {
    const why: Stopped = stopped.reason
    // That one is not the user's doing but a failure.
    return why === 'refused' ? null : why
  }
  return caller.aborted ? 'cancelled' : null
}
