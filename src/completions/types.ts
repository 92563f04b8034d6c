/**
 * The wire types of `POST {endpoint}/completions`, field by field as in the API reference (OpenAI
 * API reference, "Completions", 2026-08), with the API's own names.
 *
 * A field that some server omits or sends as `null` can be `null` here. Only `parse.ts` reads the
 * wire.
 */

/** The request. An absent field is not sent; `null` is never sent. */
export interface CompletionRequest {
  /** Absent: the server has one model, or a default. The API itself requires it. */
  model?: string
  /** A string, several strings, token ids, or several lists of them: one set of choices for each */
  prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[]
  /** The text after the insertion. Many servers refuse or ignore it. */
  suffix?: string
  /** Integer ≥ 0. The API's default of 16 is too short for code, so it is always sent. */
  max_tokens: number
  /** 0…2 */
  temperature?: number
  /** 0…1 */
  top_p?: number
  /** 1…128 choices per prompt */
  n?: number
  /**
   * 0…20 and more than `n`: the server generates that many and returns the best. Never streamed.
   */
  best_of?: number
  /** Set by `createStreaming` and `create`, so that it always matches the call */
  stream?: never
  stream_options?: StreamOptions
  /** 0…5: number of likely tokens to return at each position */
  logprobs?: number
  /** Return the prompt together with the completion */
  echo?: boolean
  /** Up to 4. The text ends before the first of them and does not contain it. */
  stop?: string | readonly string[]
  /** −2…2 */
  presence_penalty?: number
  /** −2…2 */
  frequency_penalty?: number
  /** Token id → −100…100 */
  logit_bias?: Readonly<Record<string, number>>
  /** Integer. The same seed and `system_fingerprint` should produce the same text. */
  seed?: number
  user?: string
  /** Of llama.cpp only: parts of other files, which the server puts before the prompt */
  input_extra?: readonly { readonly filename: string; readonly text: string }[]
}

export interface StreamOptions {
  /** Adds one chunk at the end, with `usage` and no choices */
  include_usage?: boolean
  /** Random padding against traffic analysis; supported by the hosted API only */
  include_obfuscation?: boolean
}

/** A whole completion. */
export interface Completion {
  id: string | null
  object: string | null
  /** Seconds since 1970 */
  created: number | null
  model: string | null
  system_fingerprint: string | null
  /** May be empty, and in any order of `index`. */
  choices: Choice[]
  usage: Usage | null
}

/** One event of a stream: the same shape, with the new text of each choice. */
export type CompletionChunk = Completion

export interface Choice {
  index: number
  text: string
  /** `null` before the last chunk of the choice, and always in a stream that was cut */
  finish_reason: FinishReason | null
  logprobs: Logprobs | null
}

/** The reasons of the API reference, and those of other servers (`abort`, `error`, `eos` …). */
export type FinishReason = 'stop' | 'length' | 'content_filter' | (string & {})

/** Four lists of the same length, one entry per token. */
export interface Logprobs {
  tokens: string[]
  /** Natural logarithms; the first token of an echoed prompt has none */
  token_logprobs: (number | null)[]
  top_logprobs: (Record<string, number> | null)[]
  /** Where each token starts, in characters from the start of the prompt */
  text_offset: number[]
}

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: TokenDetails | null
  completion_tokens_details: TokenDetails | null
}

/** `cached_tokens`, `reasoning_tokens`, `accepted_prediction_tokens` …: the set of fields grows. */
export type TokenDetails = Readonly<Record<string, number>>
