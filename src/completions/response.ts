import { kindOfWords, parseApiError, readApiError, type ApiError } from './apiError.ts'
import { readText } from './http/body.ts'
import { CompletionError, type CompletionErrorKind } from './errors.ts'
import { MAX_ERROR_BODY } from './limits.ts'
import { hasError } from './parse.ts'
import type { Problem } from './problems.ts'
import { isRetryable, MAX_WAIT, retryAfter } from './retryable.ts'
import type { HttpResponse } from './http/transport.ts'

/** Maximum number of characters of the server's message that is shown. */
const MAX_ERROR_MESSAGE = 300

/**
 * Checks for a 2xx status.
 *
 * @throws CompletionError by the status otherwise, with the server's message if it sent one
 */
export async function checkStatus(
  response: HttpResponse,
  url: URL,
  apiKey: string | null,
): Promise<void> {
  const { status } = response
  if (status >= 200 && status < 300) return
  const said = readApiError(await readError(response))
  const kind = kindOfWords(said) ?? kindOf(status)
  const wait = retryAfter(response, Date.now()) ?? 0
  const problem = problemOf(response, url, quote(said.message, apiKey), wait)
  throw new CompletionError(kind, problem, {
    ...names(said, apiKey),
    status,
    requestId: response.header('x-request-id'),
    retryable: wait <= MAX_WAIT && isRetryable(response, kind, said.message),
    retryAfter: wait > 0 && wait <= MAX_WAIT ? wait : undefined,
  })
}

/**
 * Checks that the value is not an error.
 *
 * @throws CompletionError `server`, with the server's message if it sent one
 */
export function checkError(value: unknown, url: URL, apiKey: string | null): void {
  if (hasError(value)) throw reportedError(parseApiError(value), url, apiKey)
}

/** The error of an event named `error`, whatever its data. */
export function errorEvent(data: string, url: URL, apiKey: string | null): CompletionError {
  return reportedError(readApiError(data), url, apiKey)
}

function reportedError(said: ApiError, url: URL, apiKey: string | null): CompletionError {
  const problem = {
    id: 'reportedError',
    host: url.host,
    said: quote(said.message, apiKey),
  } as const
  return new CompletionError(kindOfWords(said) ?? 'server', problem, names(said, apiKey))
}

/** Servers may repeat a wrong key anywhere in the message. */
function names({ code, type, param }: ApiError, apiKey: string | null): Partial<ApiError> {
  const safe = (name: string | undefined): string | undefined =>
    name === undefined || !apiKey || !name.includes(apiKey) ? name : undefined
  return { code: safe(code), type: safe(type), param: safe(param) }
}

async function readError(response: HttpResponse): Promise<string> {
  try {
    return await readText(response.body, MAX_ERROR_BODY)
  } catch (error) {
    // Truncated or too slow: the status is more useful than an error about reading the message.
    if (error instanceof CompletionError) return ''
    throw error
  }
}

function kindOf(status: number): CompletionErrorKind {
  return KINDS[status] ?? (status >= 500 ? 'server' : 'rejected')
}

const KINDS: Readonly<Record<number, CompletionErrorKind>> = {
  401: 'authentication',
  402: 'quota',
  403: 'authentication',
  404: 'not_found',
  407: 'proxy',
  413: 'context_length',
  429: 'rate_limit',
}

function problemOf(response: HttpResponse, { host }: URL, said: string, wait: number): Problem {
  const { status } = response
  if (wait > MAX_WAIT) {
    return { id: 'retryLater', host, status, said, until: Date.now() + wait }
  }
  if (status >= 400) return { id: 'httpStatus', host, status, said }
  const target = response.header('location') ?? ''
  const location = URL.canParse(target) ? new URL(target).origin : null
  return { id: 'redirect', host, status, location }
}

/** The server's message in one line. Servers may repeat a wrong key in it. */
function quote(said: string, apiKey: string | null): string {
  const line = said.replaceAll(/\s+/g, ' ')
  const safe = apiKey === null || apiKey === '' ? line : line.replaceAll(apiKey, '…')
  return safe.length <= MAX_ERROR_MESSAGE ? safe : `${safe.slice(0, MAX_ERROR_MESSAGE)}…`
}
