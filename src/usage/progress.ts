import type { CompletionError } from '../completions/errors.ts'

/** What the one run that there can be is doing, as the status bar and the log are told of it. */
export type Progress =
  | { kind: 'idle' }
  /** With `retryIn`, in ms: for the moment at which the request is sent again */
  | { kind: 'waiting'; retryIn?: number }
  | { kind: 'streaming'; cost: Cost }
  /** Text has come for a document that is not shown: it goes in when it is shown again. */
  | { kind: 'held' }
  | { kind: 'done'; cost: Cost; end: End; omitted?: Omitted; alternative?: Alternative | undefined }
  /** Another alternative was put in place of the one that was there. */
  | { kind: 'swapped'; alternative: Alternative }
  | { kind: 'failed'; error: CompletionError }

/** What of the document did not go into the context, in lines: of several carets the most */
export interface Omitted {
  before: number
  after: number
}

/** Which of the texts that there are for one place stands there */
export interface Alternative {
  /** Counted from 1 */
  shown: number
  /** More than 1 */
  of: number
}

/** Why a run that did not fail came to its end. */
export type End =
  /** The model was done, or came to a stop sequence. */
  | 'stop'
  /** `max_tokens` */
  | 'length'
  /** Nothing came, and the server calls that complete. */
  | 'empty'
  /** All that came was in the document already, after the caret. */
  | 'overlapped'
  /** Asked again, the model said what it had said before. */
  | 'same'
  /** The model went round and round. */
  | 'repeating'
  /** The user said so. */
  | 'cancelled'
  /** The user undid it. */
  | 'undone'
  /** The user wrote where the completion was being written. */
  | 'edited'
  /** The document was closed. */
  | 'closed'
  /** What the server calls it */
  | (string & {})

export interface Cost {
  prompt_tokens: number
  completion_tokens: number
  /** Whether the two are our estimate, because the server has sent no figures (yet) */
  estimated: boolean
  /** From the request to the first text, in ms; `null` before it */
  firstTokenAfter: number | null
  /** From the request until now, or to the end, in ms */
  elapsed: number
}

/** Tokens a second since the first of them, or `null` as long as that cannot be told. */
export function tokensPerSecond(cost: Cost): number | null {
  if (cost.firstTokenAfter === null) return null
  const seconds = (cost.elapsed - cost.firstTokenAfter) / 1000
  // The first token was paid for by the wait before it.
  return seconds < 0.05 || cost.completion_tokens < 2
    ? null
    : (cost.completion_tokens - 1) / seconds
}

/** What several requests of one run cost together. */
export function sumOf(costs: readonly Cost[]): Cost {
  const first = costs.map((each) => each.firstTokenAfter).filter((after) => after !== null)
  const sum = (of: (cost: Cost) => number): number =>
    costs.reduce((before, cost) => before + of(cost), 0)
  return {
    prompt_tokens: sum((cost) => cost.prompt_tokens),
    completion_tokens: sum((cost) => cost.completion_tokens),
    // One estimate among them makes an estimate of the sum.
    estimated: costs.some(({ estimated }) => estimated),
    firstTokenAfter: first.length === 0 ? null : Math.min(...first),
    elapsed: Math.max(0, ...costs.map(({ elapsed }) => elapsed)),
  }
}

/** Of several ends the one that the user should hear of. */
export function endOfAll(ends: readonly End[]): End {
  const usual: readonly End[] = ['stop', 'overlapped', 'empty']
  return (
    ends.find((end) => !usual.includes(end)) ?? usual.find((end) => ends.includes(end)) ?? 'empty'
  )
}
