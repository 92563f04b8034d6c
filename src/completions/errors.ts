/**
 * Why a completion failed. There is one class of error and this is what callers switch on.
 *
 * - `invalid_request`: refused here, before anything was sent
 * - `not_editable`: the text has nowhere to go; the editor's error, never the client's
 * - `unreachable`: no connection, or it broke before the answer began
 * - `certificate`: the server's TLS certificate is not trusted
 * - `timeout`: the first token, or the next one, took too long
 * - `authentication`: 401 or 403
 * - `not_found`: 404, the URL or the model
 * - `rate_limit`: 429
 * - `rejected`: any other 3xx or 4xx
 * - `server`: 5xx, or an error in the stream
 * - `protocol`: the answer is not what a completions endpoint sends
 * - `cut`: the stream ended before a `finish_reason`
 * - `internal`: a defect of Infill's
 */
export type CompletionErrorKind =
  | 'invalid_request'
  | 'not_editable'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'authentication'
  | 'not_found'
  | 'rate_limit'
  | 'rejected'
  | 'server'
  | 'protocol'
  | 'cut'
  | 'internal'

export interface CompletionErrorDetails {
  /** HTTP status, where there was one */
  status?: number
  /** The server's own id of the request (`x-request-id`), for its operator's log */
  requestId?: string
  cause?: unknown
}

/**
 * The message is one sentence for the user. It may quote what the server said, with the key taken
 * out and cut to a line, and it never holds the prompt or the answer.
 */
export class CompletionError extends Error {
  override readonly name = 'CompletionError'
  readonly kind: CompletionErrorKind
  readonly status: number | undefined
  readonly requestId: string | undefined

  constructor(kind: CompletionErrorKind, message: string, details: CompletionErrorDetails = {}) {
    super(message, { cause: details.cause })
    this.kind = kind
    this.status = details.status
    this.requestId = details.requestId
  }
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS/

/** What went wrong before there was an answer, by the `code` that Node and undici put on errors. */
export function connectionError(cause: unknown, url: URL): CompletionError {
  const code = errorCode(cause)
  if (CERTIFICATE.test(code)) {
    return new CompletionError(
      'certificate',
      `The certificate of ${url.host} is not trusted (${code}).`,
      { cause },
    )
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return new CompletionError(
      'invalid_request',
      `The request to ${url.host} cannot be sent: a header, most likely the key, has a character that is not allowed.`,
      { cause },
    )
  }
  const why = REASONS[code] ?? (code === '' ? 'the connection failed' : code)
  return new CompletionError('unreachable', `Could not reach ${url.origin}: ${why}.`, { cause })
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host is not reachable',
  ENETUNREACH: 'the network is not reachable',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept the connection in time',
  UND_ERR_SOCKET: 'it closed the connection without an answer',
}

/** The first `code` along the chain of causes; of an AggregateError, that of its first error. */
function errorCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
    if (each instanceof AggregateError && each.errors.length > 0) return errorCode(each.errors[0])
  }
  return ''
}
