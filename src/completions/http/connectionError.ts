import { CompletionError } from '../errors.ts'

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|UND_ERR_PRX_TLS/

/**
 * Converts an error before the response, by the `code` that Node and undici set. The errors of
 * `fetch` have the code in their causes.
 *
 * @param proxy the proxy of the request, or `null`
 */
export function connectionError(
  cause: unknown,
  url: URL,
  proxy: URL | null = null,
): CompletionError {
  const code = errorCode(cause)
  const refusal = proxyStatus(cause)
  if (refusal !== null) return refusedByProxy(refusal, url, proxy, cause)
  if (CERTIFICATE.test(code)) {
    const suspect = proxy?.protocol === 'https:' ? proxy.host : null
    const problem = { id: 'untrustedCertificate', host: url.host, proxy: suspect, code } as const
    return new CompletionError('certificate', problem, { cause })
  }
  if (code === 'UND_ERR_INVALID_ARG') return invalidHeader(url, cause)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' && proxy === null) return editorTimeout(url, cause)
  const details = { cause, retryable: true }
  if (proxy === null) {
    return new CompletionError(
      'unreachable',
      { id: 'unreachable', origin: url.origin, code },
      details,
    )
  }
  // Only the proxy is resolved and connected to from here.
  const origin = TO_PROXY.has(code) ? null : url.origin
  const problem = { id: 'proxyUnreachable', origin, proxy: proxy.host, code } as const
  return new CompletionError('proxy', problem, details)
}

/**
 * A header that cannot be sent. Other errors may quote the header, so only those of undici become a
 * cause.
 */
export function invalidHeader({ host }: URL, cause?: unknown): CompletionError {
  return new CompletionError('invalid_request', { id: 'invalidHeader', host }, { cause })
}

/** Converts an error while the body of a response was read. */
export function bodyError(cause: unknown, url: URL): CompletionError {
  if (errorCode(cause) === 'UND_ERR_BODY_TIMEOUT') return editorTimeout(url, cause)
  return new CompletionError('cut', { id: 'connectionLost' }, { cause })
}

/** Only VS Code's network stack has this timeout; the client has its own. */
function editorTimeout({ host }: URL, cause: unknown): CompletionError {
  return new CompletionError('timeout', { id: 'editorTimeout', host }, { cause })
}

function refusedByProxy(
  status: number,
  { host }: URL,
  proxyUrl: URL | null,
  cause: unknown,
): CompletionError {
  const proxy = proxyUrl?.host ?? null
  if (status === 407) {
    return new CompletionError('proxy', { id: 'proxyAuthentication', proxy }, { status, cause })
  }
  // 5xx: the proxy tried to connect.
  const retryable = status >= 500 && status !== 501
  const id = retryable ? 'proxyFailed' : 'proxyRefused'
  return new CompletionError('proxy', { id, host, proxy, status }, { status, cause, retryable })
}

/**
 * undici reports the status of a proxy in its message only: in one form for CONNECT, in another for
 * plain HTTP.
 */
function proxyStatus(error: unknown): number | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const [, status] =
      /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(each.message) ?? []
    if (status !== undefined) return Number(status)
  }
  return null
}

const TO_PROXY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** The first `code` in the chain of causes; for an AggregateError, the code of its first error. */
function errorCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
    if (each instanceof AggregateError && each.errors.length > 0) return errorCode(each.errors[0])
  }
  return ''
}
