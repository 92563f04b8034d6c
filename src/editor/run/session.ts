import type { TextDocument, TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Range } from '../../infill/ranges/position.ts'
import type { ContextWindow } from '../../infill/context/contextWindow.ts'
import type { CapabilityStore } from '../../generation/serverCapabilities.ts'
import type { Settings } from '../../settings/settings.ts'
import type { TokenRatios } from '../../connection/learned/tokenRatios.ts'
import { createMeter } from '../../usage/meter.ts'
import { endOfAll, sumOf, type Omitted, type Progress } from '../../usage/progress.ts'
import { prepare } from '../../generation/generate.ts'
import type { Connection } from '../../generation/connection.ts'
import { concurrently } from './concurrently.ts'
import { contextOf } from '../document/contextOf.ts'
import { streamIntoDocument, stopReason } from './streamIntoDocument.ts'
import { Insertion } from '../insertion/insertion.ts'
import { checkSendable } from '../document/checkSendable.ts'
import { surroundingsOf } from '../document/surroundingsOf.ts'
import { checkWritable } from '../document/writable.ts'

export interface SessionOptions {
  settings: Settings
  /** The endpoint in force; it may take a while to be there. */
  connect: (settings: Settings, signal: AbortSignal) => Promise<Connection>
  capabilities: CapabilityStore
  ratios: TokenRatios
  report: (progress: Progress) => void
  /** Tells the user of what was learned about the server. */
  notice: (message: string) => void
  /** The URI of a document that is never sent but that the user has allowed for this one run */
  allowed?: string | undefined
  /** Whether each text is over at the end of its line */
  oneLine?: boolean | undefined
  /** Aborted to stop; what has been inserted stays. */
  signal: AbortSignal
}

/** Where a run is to write. */
export interface Where {
  editor: TextEditor
  /** Carets, and what is to be replaced */
  selections: readonly Range[]
  /** Whether its edits belong to the undo step of an insertion before */
  joins: boolean
}

/** What a run came to. */
export interface Outcome {
  /** Its end, which is for the caller to report */
  progress: Progress
  /** The one of the editor, or what it has become by being renamed */
  document: TextDocument
  /** In the order of the selections; `null` where the text is no longer in our hands */
  places: (Place | null)[]
  /** Whether a further edit can belong to the same undo step */
  isOpen: boolean
}

export interface Place {
  /** The text that was inserted, or what was to be replaced and is still there */
  range: Range
  hasText: boolean
  /** The other choices of the answer */
  alternatives: readonly string[]
}

/** How often the figures are told while text streams in, in ms: the eye does not take more. */
const REPORT_INTERVAL = 100

/** How many requests of one command are under way at once, one for each caret */
const MAX_REQUESTS = 4

/**
 * One completion at each caret, from there to the inserted text. It never throws: whatever happens
 * is in the outcome.
 */
export async function completeAt(where: Where, options: SessionOptions): Promise<Outcome> {
  const { settings, report } = options
  const { editor, selections, joins } = where
  const { document } = editor
  let isHeld = false
  const onHeld = (held: boolean): void => {
    isHeld = held
    if (held) report({ kind: 'held' })
  }
  const insertion = new Insertion(document, selections, { joins, onHeld })
  const signal = AbortSignal.any([options.signal, insertion.over])
  const perToken = options.ratios.of(settings)
  // Captured before anything is awaited: this is the text that the user pressed the key on.
  const carets = selections.map((selection) => {
    const window = contextOf(document, selection, settings, perToken)
    const sent = window.prompt.length + window.suffix.length
    const surroundings = surroundingsOf(editor, selection)
    return { window, surroundings, meter: createMeter(sent, undefined, perToken) }
  })
  const cost = () => sumOf(carets.map(({ meter }) => meter.cost()))
  let reportedAt = -REPORT_INTERVAL
  const onPiece = (): void => {
    const now = cost()
    if (isHeld || now.firstTokenAfter === null || now.elapsed - reportedAt < REPORT_INTERVAL) return
    reportedAt = now.elapsed
    report({ kind: 'streaming', cost: now })
  }
  const onRetry = ({ delay }: { delay: number }): void =>
    report({ kind: 'waiting', retryIn: delay })
  const alternatives: string[][] = []
  const outcome = (progress: Progress): Outcome => ({
    progress,
    document: insertion.document,
    places: placesOf(insertion, alternatives),
    isOpen: insertion.isOpen,
  })

  report({ kind: 'waiting' })
  try {
    const windows = carets.map(({ window }) => window)
    checkSendable({ document, windows, settings, allowed: options.allowed })
    await checkWritable(document)
    const connection = await options.connect(settings, signal)
    const asking = { ...options, connection, signal, onRetry }
    // What there is to learn of the server is learned once, not by each of the carets.
    const [first, second] = carets
    if (first !== undefined && second !== undefined) await prepare(first.window, asking)
    const filled = await concurrently(
      MAX_REQUESTS,
      carets,
      ({ window, surroundings, meter }, index) =>
        streamIntoDocument(window, { ...asking, surroundings, insertion, index, meter, onPiece }),
    )
    alternatives.push(...filled.map((each) => each.alternatives))
    const end = endOfAll(filled.map((each) => each.end))
    return outcome({ kind: 'done', cost: cost(), end, omitted: mostOf(windows) })
  } catch (error) {
    const end = stopReason(options.signal, insertion.over)
    if (end !== null) return outcome({ kind: 'done', cost: cost(), end })
    return outcome({ kind: 'failed', error: asCompletionError(error) })
  } finally {
    insertion.dispose()
  }
}

/** Of several carets the most, for the status bar to say that something was left out */
function mostOf(windows: readonly ContextWindow[]): Omitted {
  const most = (side: keyof Omitted): number =>
    Math.max(0, ...windows.map(({ omitted }) => omitted[side]))
  return { before: most('before'), after: most('after') }
}

function placesOf(
  { targets, stopped }: Insertion,
  alternatives: readonly (readonly string[])[],
): (Place | null)[] {
  return targets.map(({ start, end, replaces }, index) => {
    if (stopped[index]?.aborted === true) return null
    const hasText = !replaces && (start.line !== end.line || start.character !== end.character)
    return { range: { start, end }, hasText, alternatives: alternatives[index] ?? [] }
  })
}

function asCompletionError(error: unknown): CompletionError {
  if (error instanceof CompletionError) return error
  return new CompletionError('internal', 'A defect in Infill; the log says more.', { cause: error })
}
