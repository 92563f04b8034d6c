/**
 * The wire types of `POST {endpoint}/completions`, field by field as the API reference gives them
 * (OpenAI API reference, "Completions", 2026-08), under the API's own names.
 *
 * They are honest about what servers leave out: whatever some server is known to omit or to send as
 * `null` is `null` here, and nothing of the wire is read anywhere but in `parse.ts`.
 */

/** What is sent. A field that is absent is not sent; nothing is ever sent as `null`. */
export interface CompletionRequest {
  /** Absent: the server has one model, or a default. The API itself requires it. */
  model?: string
  /** Text, several texts, token ids, or several lists of them: one set of choices for each. */
  prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[]
  /** The text that comes after the insertion. Many servers refuse or ignore it. */
  suffix?: string
  /** Integer ≥ 0. The API's default of 16 is too short for code, so it is always sent. */
  max_tokens: number
  /** 0…2 */
  temperature?: number
  /** 0…1 */
  top_p?: number
  /** 1…128 choices for each prompt */
  n?: number
  /** 0…20 and more than `n`: the server generates as many and returns the best. Never streamed. */
  best_of?: number
  /** Set by `createStreaming` and `create`: a caller cannot ask for one and get the other. */
  stream?: never
  stream_options?: StreamOptions
  /** 0…5: how many likely tokens to return at each position */
  logprobs?: number
  /** The answer begins with the prompt. */
  echo?: boolean
  /** Up to 4. The text ends before the first of them and does not contain it. */
  stop?: string | readonly string[]
  /** −2…2 */
  presence_penalty?: number
  /** −2…2 */
  frequency_penalty?: number
  /** Token id → −100…100 */
  logit_bias?: Readonly<Record<string, number>>
  /** Integer. The same seed and `system_fingerprint` should give the same text. */
  seed?: number
  user?: string
}

export interface StreamOptions {
  /** One more chunk at the end, with `usage` and no choices. */
  include_usage?: boolean
  /** Random padding against traffic analysis; only the hosted API knows it. */
  include_obfuscation?: boolean
}

/** What comes back, whole. */
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

/** One event of a stream: the same shape, with the text that is new in each choice. */
export type CompletionChunk = Completion

export interface Choice {
  index: number
  text: string
  /** `null` before the choice's last chunk, and always on a stream that was cut. */
  finish_reason: FinishReason | null
  logprobs: Logprobs | null
}

/** The reasons of the API reference, and whatever else servers say (`abort`, `error`, `eos` …). */
export type FinishReason = 'stop' | 'length' | 'content_filter' | (string & {})

/** Four lists of the same length, one entry a token. */
export interface Logprobs {
  tokens: string[]
  /** Natural logarithms; the first token of an echoed prompt has none. */
  token_logprobs: (number | null)[]
  top_logprobs: (Record<string, number> | null)[]
  /** Where each token starts, in characters from the start of the prompt. */
  text_offset: number[]
}

export interface Usage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details: TokenDetails | null
  completion_tokens_details: TokenDetails | null
}

/** `cached_tokens`, `reasoning_tokens`, `accepted_prediction_tokens` …: the set grows by the year. */
export type TokenDetails = Readonly<Record<string, number>>
