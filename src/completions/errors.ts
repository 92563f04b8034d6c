import type { Problem } from './problems.ts'

/**
 * Why a completion failed. There is one class of error and this is what callers switch on.
 *
 * - `invalid_request`: refused here, before anything was sent
 * - `not_editable`: the text has nowhere to go; the editor's error, never the client's
 * - `not_sent`: the text is of a kind that is never sent; the editor's error as well
 * - `unreachable`: no connection, or it broke before the answer began
 * - `proxy`: a proxy that is not reachable, or that refuses (407 and whatever it says to CONNECT)
 * - `certificate`: the server's TLS certificate is not trusted
 * - `timeout`: the first token, or the next one, took too long
 * - `authentication`: 401 or 403
 * - `not_found`: 404, the URL or the model
 * - `rate_limit`: 429
 * - `quota`: 402, or a 429 that waiting does not help against: used up, or not paid for
 * - `context_length`: 413, or any answer that calls the prompt too long for the model
 * - `rejected`: any other 3xx or 4xx
 * - `server`: 5xx, or an error in the stream
 * - `protocol`: the answer is not what a completions endpoint sends
 * - `cut`: the stream ended before a `finish_reason`
 * - `internal`: a defect of Infill's
 */
export type CompletionErrorKind =
  | 'invalid_request'
  | 'not_editable'
  | 'not_sent'
  | 'unreachable'
  | 'proxy'
  | 'certificate'
  | 'timeout'
  | 'authentication'
  | 'not_found'
  | 'rate_limit'
  | 'quota'
  | 'context_length'
  | 'rejected'
  | 'server'
  | 'protocol'
  | 'cut'
  | 'internal'

export interface CompletionErrorDetails {
  /** HTTP status, where there was one */
  status?: number | undefined
  /** The server's own id of the request (`x-request-id`), for its operator's log */
  requestId?: string | undefined
  /** Of the API's error object, where they are words and not sentences; see `apiError.ts` */
  code?: string | undefined
  type?: string | undefined
  param?: string | undefined
  /** Whether the same request may go well a moment later */
  retryable?: boolean
  /** When the server wants it then: 0…60,000 ms */
  retryAfter?: number | undefined
  /** Of `not_sent`: the URI of the document, so that no other one is allowed in its place */
  document?: string | undefined
  cause?: unknown
}

/**
 * The one error of a completion: a `kind` to switch on, and the `problem` with its parameters. The
 * message is technical: users see the sentence that `ui/wording.ts` has for the problem.
 */
export class CompletionError extends Error {
  override readonly name = 'CompletionError'
  readonly kind: CompletionErrorKind
  readonly problem: Problem
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly code: string | undefined
  readonly type: string | undefined
  readonly param: string | undefined
  readonly retryable: boolean
  readonly retryAfter: number | undefined
  readonly document: string | undefined

  constructor(kind: CompletionErrorKind, problem: Problem, details: CompletionErrorDetails = {}) {
    super(`${kind}: ${JSON.stringify(problem)}`, { cause: details.cause })
    this.kind = kind
    this.problem = problem
    this.status = details.status
    this.requestId = details.requestId
    this.code = details.code
    this.type = details.type
    this.param = details.param
    this.retryable = details.retryable ?? false
    this.retryAfter = details.retryAfter
    this.document = details.document
  }

  /** The server's own error message, in one line; empty when it sent none. */
  get said(): string {
    return 'said' in this.problem ? this.problem.said : ''
  }
}
