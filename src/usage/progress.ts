import type { CompletionError } from '../completions/errors.ts'
import type { SessionUsage } from './session.ts'

/** The state of the current run, for the status bar and the log. */
export type Progress =
  | { kind: 'idle' }
  /** `retryIn`: ms until the request is sent again */
  | { kind: 'waiting'; retryIn?: number }
  | { kind: 'streaming'; cost: Cost }
  /** Text has arrived for a document that is not visible. It is inserted when the document is shown. */
  | { kind: 'held' }
  | {
      kind: 'done'
      cost: Cost
      end: End
      omitted?: Omitted
      /** The server's limit of prompt and completion in tokens, if less was sent because of it */
      contextLimit?: number | undefined
      alternative?: Alternative | undefined
      /** Paths of the other files of which parts were sent */
      files?: readonly string[] | undefined
      spending?: Spending | undefined
    }
  /** Another alternative replaced the current one. */
  | { kind: 'swapped'; alternative: Alternative }
  | { kind: 'failed'; error: CompletionError }

/** What a run and all runs of this window have cost */
export interface Spending {
  /** Dollars; `null`: the model has no price */
  dollars: number | null
  session: SessionUsage
}

/** The lines of the document that the context does not include; with several cursors, the maximum. */
export interface Omitted {
  before: number
  after: number
}

/** Which of the alternatives is in the document. */
export interface Alternative {
  /** Counted from 1 */
  shown: number
  /** More than 1 */
  of: number
}

/** Why a run ended that did not fail. */
export type End =
  | { readonly by: 'server'; readonly reason: ServerEnd }
  | { readonly by: 'filter'; readonly reason: FilterEnd }
  | { readonly by: 'user'; readonly reason: UserEnd }

/** The `finish_reason`, whatever a server calls it; `empty`: complete, but without text. */
export type ServerEnd = 'stop' | 'length' | 'content_filter' | 'empty' | (string & {})

/**
 * - `overlapped`: the document already has the whole completion after the cursor
 * - `blockEnd`: the completion closed a block that the document closes, and continued in another way
 * - `repeating`: the completion repeated itself
 * - `same`: regenerating produced the same text
 */
export type FilterEnd = 'overlapped' | 'blockEnd' | 'repeating' | 'same'

/** `edited`: the user edited the inserted text. */
export type UserEnd = 'cancelled' | 'undone' | 'edited' | 'closed'

export interface Cost {
  prompt_tokens: number
  /** The part of the prompt that the server had cached; `null` if it does not say */
  cached_tokens: number | null
  completion_tokens: number
  /** Whether the counts are estimates, because the server has sent no usage */
  estimated: boolean
  /** Time from the request to the first text, in ms; `null` before it */
  firstTokenAfter: number | null
  /** Time since the request, or its duration, in ms */
  elapsed: number
}

/** Tokens per second since the first token, or `null` when the time is too short to measure. */
export function tokensPerSecond(cost: Cost): number | null {
  if (cost.firstTokenAfter === null) return null
  const seconds = (cost.elapsed - cost.firstTokenAfter) / 1000
  // The first token took the time before it.
  return seconds < 0.05 || cost.completion_tokens < 2
    ? null
    : (cost.completion_tokens - 1) / seconds
}

/** The cost of several requests of one run. */
export function sumOf(costs: readonly Cost[]): Cost {
  const first = costs.map((each) => each.firstTokenAfter).filter((after) => after !== null)
  const sum = (of: (cost: Cost) => number): number =>
    costs.reduce((before, cost) => before + of(cost), 0)
  return {
    prompt_tokens: sum((cost) => cost.prompt_tokens),
    cached_tokens: costs.every((cost) => cost.cached_tokens === null)
      ? null
      : sum((cost) => cost.cached_tokens ?? 0),
    completion_tokens: sum((cost) => cost.completion_tokens),
    // One estimate makes the sum an estimate.
    estimated: costs.some(({ estimated }) => estimated),
    firstTokenAfter: first.length === 0 ? null : Math.min(...first),
    elapsed: Math.max(0, ...costs.map(({ elapsed }) => elapsed)),
  }
}

/** From the least to the most important to report; every other end comes before them. */
const USUAL: readonly string[] = ['empty', 'overlapped', 'stop']

/** Of several ends the one to report. */
export function endOfAll(ends: readonly End[]): End {
  const rank = ({ reason }: End): number => {
    const usual = USUAL.indexOf(reason)
    return usual === -1 ? USUAL.length : usual
  }
  const [first = EMPTY] = ends.toSorted((a, b) => rank(b) - rank(a))
  return first
}

const EMPTY: End = { by: 'server', reason: 'empty' }
