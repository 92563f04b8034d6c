import { kindOfWords, parseApiError, readApiError, type ApiError } from './apiError.ts'
import { readText } from './http/body.ts'
import { CompletionError, type CompletionErrorKind } from './errors.ts'
import { hasError } from './parse.ts'
import type { Problem } from './problems.ts'
import { isRetryable, retryAfter } from './retryable.ts'
import type { HttpResponse } from './http/transport.ts'

/** An error's body is read up to here, in bytes; proxies send whole pages. */
const MAX_ERROR_BODY = 64 * 1024

/** What of the server's words goes into the message, in characters. */
const MAX_ERROR_MESSAGE = 300

/**
 * Lets a 2xx pass.
 *
 * @throws CompletionError by the status otherwise, with the server's words where it sent some
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
  throw new CompletionError(kind, problemOf(response, url, quote(said.message, apiKey)), {
    ...names(said, apiKey),
    status,
    requestId: response.header('x-request-id'),
    retryable: isRetryable(response, kind, said.message),
    retryAfter: retryAfter(response, Date.now()),
  })
}

/**
 * Lets all but an error pass.
 *
 * @throws CompletionError `server`, with the server's words where it sent some
 */
export function checkError(value: unknown, url: URL, apiKey: string | null): void {
  if (hasError(value)) throw reportedError(parseApiError(value), url, apiKey)
}

/** The error of an event that is named so, whatever it holds */
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

/** Servers that repeat a wrong key may do so anywhere. */
function names({ code, type, param }: ApiError, apiKey: string | null): Partial<ApiError> {
  const safe = (name: string | undefined): string | undefined =>
    name === undefined || !apiKey || !name.includes(apiKey) ? name : undefined
  return { code: safe(code), type: safe(type), param: safe(param) }
}

async function readError(response: HttpResponse): Promise<string> {
  try {
    return await readText(response.body, MAX_ERROR_BODY)
  } catch (error) {
    // Cut or too late: the status says more than the loss of the words about it.
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

function problemOf(response: HttpResponse, { host }: URL, said: string): Problem {
  const { status } = response
  if (status >= 400) return { id: 'httpStatus', host, status, said }
  const target = response.header('location') ?? ''
  const location = URL.canParse(target) ? new URL(target).origin : null
  return { id: 'redirect', host, status, location }
}

/** What the server said, in one line. Servers like to repeat a wrong key in it. */
function quote(said: string, apiKey: string | null): string {
  const line = said.replaceAll(/\s+/g, ' ')
  const safe = apiKey === null || apiKey === '' ? line : line.replaceAll(apiKey, '…')
  return safe.length <= MAX_ERROR_MESSAGE ? safe : `${safe.slice(0, MAX_ERROR_MESSAGE)}…`
}
