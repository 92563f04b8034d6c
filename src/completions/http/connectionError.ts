import { CompletionError } from '../errors.ts'

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|UND_ERR_PRX_TLS/

/**
 * What went wrong before there was an answer, by the `code` that Node and undici put on errors; the
 * errors of `fetch` have them further down, as causes.
 *
 * @param proxy the proxy that the request was to go through, or `null`
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
    const whose =
      proxy?.protocol === 'https:' ? `${url.host} or of the proxy ${proxy.host}` : url.host
    const message = `The certificate of ${whose} is not trusted (${code}).`
    return new CompletionError('certificate', message, { cause })
  }
  if (code === 'UND_ERR_INVALID_ARG') return unsendable(url, cause)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' && proxy === null) return impatient(url, cause)
  const why = REASONS[code] ?? (code === '' ? 'the connection failed' : code)
  const details = { cause, retryable: true }
  if (proxy === null) {
    return new CompletionError('unreachable', `Could not reach ${url.origin}: ${why}.`, details)
  }
  // Nobody but the proxy is looked up or connected to from here.
  const whom = TO_PROXY.has(code) ? '' : `${url.origin} through `
  return new CompletionError(
    'proxy',
    `Could not reach ${whom}the proxy ${proxy.host}: ${why}.`,
    details,
  )
}

/** A header that cannot be sent. Who says so may quote it, so there is a cause only from undici. */
export function unsendable(url: URL, cause?: unknown): CompletionError {
  return new CompletionError(
    'invalid_request',
    `The request to ${url.host} cannot be sent: a header, most likely the key, has a character that is not allowed.`,
    { cause },
  )
}

/** What went wrong while the body of an answer was read. */
export function bodyError(cause: unknown, url: URL): CompletionError {
  if (errorCode(cause) === 'UND_ERR_BODY_TIMEOUT') return impatient(url, cause)
  const message = 'The connection broke before the answer was complete.'
  return new CompletionError('cut', message, { cause })
}

/** Only VS Code's network stack has such a clock; ours are the client's. */
function impatient({ host }: URL, cause: unknown): CompletionError {
  const message = `${host} was silent for longer than VS Code’s network stack waits.`
  return new CompletionError('timeout', message, { cause })
}

function refusedByProxy(
  status: number,
  url: URL,
  proxy: URL | null,
  cause: unknown,
): CompletionError {
  const who = proxy === null ? 'The proxy' : `The proxy ${proxy.host}`
  if (status === 407) {
    const message = `${who} wants a user name and a password, or others than it was given (407).`
    return new CompletionError('proxy', message, { status, cause })
  }
  // 5xx: it has tried.
  const retryable = status >= 500 && status !== 501
  const did = retryable ? 'could not reach' : 'refuses to connect to'
  return new CompletionError('proxy', `${who} ${did} ${url.host} (${status}).`, {
    status,
    cause,
    retryable,
  })
}

/** undici gives a proxy's status in words only: one form for CONNECT, one for plain HTTP. */
function proxyStatus(error: unknown): number | null {
  for (let each = error; each instanceof Error; each = each.cause) {
    const [, status] =
      /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(each.message) ?? []
    if (status !== undefined) return Number(status)
  }
  return null
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that address',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ECONNRESET: 'the connection was reset',
  ETIMEDOUT: 'it did not accept the connection in time',
  EHOSTUNREACH: 'the host is not reachable',
  ENETUNREACH: 'the network is not reachable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS, so the URL may have to begin with http:',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS, so the URL may have to begin with http:',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept the connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_SOCKET: 'it closed the connection without an answer',
  UND_ERR_PRX_CONN: 'it closed the connection without an answer',
}

const TO_PROXY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** The first `code` along the chain of causes; of an AggregateError, that of its first error. */
function errorCode(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause) {
    if ('code' in each && typeof each.code === 'string') return each.code
    if (each instanceof AggregateError && each.errors.length > 0) return errorCode(each.errors[0])
  }
  return ''
}
