/** Why a completion ended: at a sensible place or a stop sequence, or because max_tokens ran out. */
export type FinishReason = 'stop' | 'length'

/** One token of a completion. The last piece, and only that one, has a finish_reason; its text may be empty. */
export interface Piece {
  readonly text: string
  readonly finish_reason: FinishReason | null
}

export interface CompletionInput {
  /** The text before the completion, with LF line ends. */
  readonly prompt: string
  /** The text after it; empty if there is none. */
  readonly suffix: string
  /** The most tokens to answer with, at least 0. */
  readonly max_tokens: number
  /** Ends the run: the iteration then throws the signal's reason. */
  readonly signal: AbortSignal
}

/**
 * What the server needs to know about a model, and all that a model needs to know about the server.
 * The protocol (stop sequences, echo, usage, streaming) is no business of a model.
 */
export interface LanguageModel {
  /** The name in `GET /v1/models` and in every completion. */
  readonly id: string
  /** Changes with every version of the model that may answer differently. */
  readonly system_fingerprint: string
  complete(input: CompletionInput): AsyncIterable<Piece>
  countTokens(text: string): number
}
