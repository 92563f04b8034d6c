import { CompletionError } from '../../completions/errors.ts'
import type { GenerationConnection } from '../../generation/connection.ts'
import type { Fitted } from '../../generation/contextFit.ts'
import { prepare } from '../../generation/negotiate.ts'
import type { Notice } from '../../generation/notices.ts'
import type { CapabilityStore } from '../../generation/serverCapabilities.ts'
import type { ContextWindow } from '../../infill/context/contextWindow.ts'
import { projectLength, type ProjectContext } from '../../infill/project/projectContext.ts'
import type { Syntax } from '../../infill/filters/syntax.ts'
import type { Surroundings } from '../../infill/surroundings.ts'
import type { Settings } from '../../settings/settings.ts'
import { charactersPerTokenOf } from '../../usage/script.ts'
import { createMeter } from '../../usage/meter.ts'
import { endOfAll, sumOf, type Cost, type Omitted, type Progress } from '../../usage/progress.ts'
import type { CompletionSink } from './completionSink.ts'
import { concurrently } from './concurrently.ts'
import type { Received } from './received.ts'
import { streamIntoSink, userEnd } from './streamIntoSink.ts'

/** One cursor: the context that is sent, and the surroundings that its completion must fit */
export interface Cursor {
  context: ContextWindow & { project?: ProjectContext | undefined }
  surroundings: Surroundings
}

export interface SessionOptions {
  settings: Settings
  /** The configured endpoint, ready to use */
  connect: (settings: Settings, signal: AbortSignal) => Promise<GenerationConnection>
  capabilities: CapabilityStore
  /** Characters per token of the model, for estimates */
  charactersPerToken: number
  report: (progress: Progress) => void
  notice: (notice: Notice) => void
  /**
   * Checks what may be sent, before there is a connection; resolves when the document can be written.
   *
   * @throws CompletionError at once or later
   */
  check: () => Promise<void>
  /** The syntax of the document's language, if it is known */
  syntax?: Promise<Syntax | undefined> | undefined
  /** Whether each completion ends at the end of its line */
  oneLine?: boolean | undefined
  /** Aborted to stop; inserted text stays. */
  signal: AbortSignal
}

export interface SessionResult {
  /** How the run ended; the caller reports it. */
  progress: Progress
  /** The text of the choices, for each cursor, also when the run has failed */
  received: readonly Received[]
  cost: Cost
  /** The model that was asked; `null`: there was no connection */
  model: string | null
}

/** Progress is reported at most once per this many ms. */
const REPORT_INTERVAL = 100

/** The maximum number of concurrent requests, one for each cursor: as many as browsers send to a host */
const MAX_REQUESTS = 6

/** Writes one completion per cursor to a sink. It never throws: an error is part of the result. */
export async function runSession(
  cursors: readonly Cursor[],
  sink: CompletionSink,
  options: SessionOptions,
): Promise<SessionResult> {
  const { settings, charactersPerToken, report } = options
  const signal = AbortSignal.any([options.signal, sink.over])
  const metered = cursors.map((cursor) => {
    const { prompt, suffix, project } = cursor.context
    const text = prompt + suffix
    const others = project === undefined ? 0 : projectLength(project)
    const ratio = charactersPerTokenOf(text, charactersPerToken)
    const meter = createMeter(text.length + others, undefined, ratio)
    const received: Received = new Map()
    return { ...cursor, meter, received }
  })
  const cost = () => sumOf(metered.map(({ meter }) => meter.cost()))
  let reportedAt = -REPORT_INTERVAL
  const onProgress = (): void => {
    const now = cost()
    const isDue = now.elapsed - reportedAt >= REPORT_INTERVAL
    if (sink.isHeld || now.firstTokenAfter === null || !isDue) return
    reportedAt = now.elapsed
    report({ kind: 'streaming', cost: now })
  }
  const onRetry = ({ delay }: { delay: number }): void =>
    report({ kind: 'waiting', retryIn: delay })
  let model: string | null = null
  const result = (progress: Progress): SessionResult => ({
    progress,
    received: metered.map(({ received }) => received),
    cost: cost(),
    model,
  })

  report({ kind: 'waiting' })
  try {
    const writable = options.check()
    const connecting = Promise.all([options.connect(settings, signal), options.syntax])
    // Reported first when the connection fails as well
    connecting.catch(() => undefined)
    await writable
    const [connection, syntax] = await connecting
    model = connection.model
    const shared = { ...options, connection, signal, onRetry, onProgress, sink }
    // What there is to learn about the server is learned once, not by each cursor.
    const [first, second] = cursors
    if (first !== undefined && second !== undefined) await prepare(first.context, shared)
    const streamed = await concurrently(MAX_REQUESTS, metered, ({ context, ...cursor }, index) => {
      const surroundings = { ...cursor.surroundings, syntax }
      return streamIntoSink(context, { ...shared, ...cursor, surroundings, index })
    })
    const end = endOfAll(streamed.map((each) => each.end))
    const fitted = streamed.map((each) => each.fitted)
    const omitted = mostOmitted(cursors, fitted)
    const contextLimit = fitted.find((each) => each !== null)?.context
    const files = connection.profile.otherFiles === 'reads' ? [] : filesOf(cursors, fitted)
    const progress = { kind: 'done', cost: cost(), end, omitted, contextLimit, files } as const
    return result(progress)
  } catch (error) {
    const end = userEnd(options.signal, sink.over)
    if (end !== null) return result({ kind: 'done', cost: cost(), end })
    return result({ kind: 'failed', error: asCompletionError(error) })
  }
}

/** The other files of which parts were sent */
function filesOf(cursors: readonly Cursor[], fitted: readonly (Fitted | null)[]): string[] {
  const paths = cursors.flatMap(({ context }, index) =>
    (fitted[index] ?? null) === null
      ? (context.project?.snippets ?? []).map(({ path }) => path)
      : [],
  )
  return [...new Set(paths)]
}

/** With several cursors, the maximum of each side */
function mostOmitted(cursors: readonly Cursor[], fitted: readonly (Fitted | null)[]): Omitted {
  const most = (side: keyof Omitted): number => {
    const counts = cursors.map(
      ({ context }, index) => context.omitted[side] + (fitted[index]?.omitted[side] ?? 0),
    )
    return Math.max(0, ...counts)
  }
  return { before: most('before'), after: most('after') }
}

function asCompletionError(error: unknown): CompletionError {
  if (error instanceof CompletionError) return error
  return new CompletionError('internal', { id: 'defect' }, { cause: error })
}
