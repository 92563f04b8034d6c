import { CompletionError } from '../completions/errors.ts'
import type { ChunkBatch } from '../completions/chunks.ts'
import { generate, type GenerateOptions } from '../generation/generate.ts'
import { contextWindow } from '../infill/context/contextWindow.ts'
import type { Syntax } from '../infill/filters/syntax.ts'
import { commentOf, type ProjectContext } from '../infill/project/projectContext.ts'
import { snippetsAt } from '../infill/project/snippetsAt.ts'
import type { RunOutcome } from '../usage/ledger/entry.ts'
import { createMeter } from '../usage/meter.ts'
import type { Cost } from '../usage/progress.ts'
import { charactersPerTokenOf } from '../usage/script.ts'
import type { OtherFiles } from './otherFiles.ts'
import type { Task } from './task.ts'
import { documentOf, type TaskDocument } from './textLines.ts'

export interface CompleteTaskOptions extends Pick<
  GenerateOptions,
  'connection' | 'settings' | 'capabilities' | 'notice' | 'signal'
> {
  /** The syntax of a language, as an editor has it; `undefined` when it is not known */
  readonly syntaxOf: (language: string) => Promise<Syntax | undefined>
  /** `null`: no parts of other files are sent */
  readonly others: OtherFiles | null
  /** Of the model, if it was measured */
  readonly charactersPerToken?: number | undefined
}

/** A request that has ended. */
export interface EndedRequest {
  readonly text: string
  readonly cost: Cost
  readonly outcome: RunOutcome
  /** A finish_reason, `cancelled`, or the kind of the error */
  readonly end: string
  /** `null`: it did not fail. Other errors than those of a completion are thrown. */
  readonly error: CompletionError | null
}

/** Sends one task as an editor would send it: the same context, request and filters. */
export async function completeTask(
  task: Task,
  options: CompleteTaskOptions,
): Promise<EndedRequest> {
  const { signal, charactersPerToken } = options
  // One choice is compared, so one is asked for.
  const settings = { ...options.settings, n: null }
  const document = documentOf(task)
  const { lines, cursor, surroundings } = document
  const near = task.before.slice(-NEAR) + task.after.slice(0, NEAR)
  const ratio = charactersPerTokenOf(near, charactersPerToken)
  const syntax = await options.syntaxOf(task.language)
  const all = Math.floor(settings.contextTokens * ratio)
  const share = settings['context.share']
  const { others } = options
  const characters = Math.floor(all * share)
  const project = others && projectAt(document, task.path, { others, characters, syntax })
  const window = contextWindow(
    lines,
    { start: cursor, end: cursor },
    { characters: Math.ceil(all * (project ? 1 - share : 1)), prefixShare: settings.prefixShare },
  )
  const context = project ? { ...window, project } : window
  const meter = createMeter(context.prompt.length + context.suffix.length, undefined, ratio)
  let [text, end] = ['', 'stop']
  const onChunks = (chunks: ChunkBatch): void => {
    for (const chunk of chunks) meter.read(chunk)
  }
  const onFitted: GenerateOptions['onFitted'] = (fitted) => meter.resize(fitted.characters)
  const around = { ...surroundings, syntax }
  const whole = { ...options, settings, surroundings: around, onChunks, onFitted }
  try {
    for await (const pieces of generate(context, whole)) {
      for (const piece of pieces.filter(({ index }) => index === 0)) {
        text += piece.text
        end = piece.end?.reason ?? end
      }
    }
  } catch (error) {
    if (signal.aborted) return cancelled(text, meter.cost())
    if (!(error instanceof CompletionError)) throw error
    const cost = costOfFailure(meter.cost())
    return { text, cost, outcome: 'failed', end: error.kind, error }
  }
  if (signal.aborted) return cancelled(text, meter.cost())
  return { text, cost: meter.cost(), outcome: 'finished', end, error: null }
}

/** What is sent of other files; `null`: nothing is similar */
function projectAt(
  { lines, cursor }: TaskDocument,
  path: string,
  {
    others,
    characters,
    syntax,
  }: { others: OtherFiles; characters: number; syntax: Syntax | undefined },
): ProjectContext | null {
  const candidates = others.beside(path)
  const snippets = snippetsAt(lines, cursor.line, candidates, { characters, previous: [] })
  if (snippets.length === 0) return null
  return { snippets, path, repository: others.repository, comment: commentOf(syntax) }
}

/** How much text on each side shows the script, in UTF-16 units */
const NEAR = 2000

function cancelled(text: string, cost: Cost): EndedRequest {
  return { text, cost, outcome: 'cancelled', end: 'cancelled', error: null }
}

/** A request that failed before any text is not billed, as long as the server does not report usage. */
function costOfFailure(cost: Cost): Cost {
  return cost.estimated && cost.firstTokenAfter === null ? { ...cost, prompt_tokens: 0 } : cost
}
