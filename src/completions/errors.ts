import type { Problem } from './problems.ts'

/**
 * The reason why a completion failed. Callers switch on it.
 *
 * - `invalid_request`: rejected before anything was sent
 * - `not_editable`: the text cannot be inserted; raised by the editor, never by the client
 * - `not_sent`: the text must not be sent; raised by the editor, never by the client
 * - `not_confirmed`: the user has not allowed the connection; never raised by the client
 * - `budget`: the monthly budget is spent; raised by the editor, never by the client
 * - `unreachable`: no connection, or it was lost before the response started
 * - `proxy`: a proxy is unreachable or refused the connection
 * - `certificate`: the server's TLS certificate is not trusted
 * - `timeout`: the first token, or the next one, took too long
 * - `authentication`: 401 or 403
 * - `not_found`: 404, the URL or the model
 * - `rate_limit`: 429
 * - `quota`: 402, or a 429 about an exhausted quota or unpaid account
 * - `context_length`: 413, or any error that the prompt is too long for the model
 * - `rejected`: any other 3xx or 4xx
 * - `server`: 5xx, or an error in the stream
 * - `protocol`: the response is not that of a completions endpoint
 * - `cut`: the stream ended before a `finish_reason`
 * - `internal`: an unexpected error in Infill
 */
export type CompletionErrorKind =
  | 'invalid_request'
  | 'not_editable'
  | 'not_sent'
  | 'not_confirmed'
  | 'budget'
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
  /** HTTP status, if there was a response */
  status?: number | undefined
  /** The server's id of the request (`x-request-id`), for its operator's log */
  requestId?: string | undefined
  /** Fields of the API's error object, if they are single words; see `apiError.ts` */
  code?: string | undefined
  type?: string | undefined
  param?: string | undefined
  /** Whether the same request may succeed later */
  retryable?: boolean
  /** Delay that the server requests before a retry: 0…60,000 ms */
  retryAfter?: number | undefined
  /** Of `not_sent`: the URI of the document. Only this document can be allowed. */
  document?: string | undefined
  cause?: unknown
}

/**
 * The only error class of completions: a `kind` to switch on, and the `problem` with its
 * parameters. The message is technical: users see the sentence that `ui/wording.ts` has for the
 * problem.
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

  /** The server's own error message, in one line; empty when it sent none */
  get said(): string {
    return 'said' in this.problem ? this.problem.said : ''
  }
}
