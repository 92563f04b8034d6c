import { readText } from './body.ts'
import { CompletionError, type CompletionErrorKind } from './errors.ts'
import { hasError, parseErrorMessage } from './parse.ts'
import type { HttpResponse } from './transport.ts'

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
  const text = await readError(response)
  const said = status < 400 ? redirection(response.header('location')) : errorMessage(text)
  const requestId = response.header('x-request-id')
  throw new CompletionError(
    kindOf(status),
    `${url.host} answered ${status}${quote(said, apiKey)}`,
    requestId === undefined ? { status } : { status, requestId },
  )
}

/**
 * Lets all but an error pass.
 *
 * @throws CompletionError `server`, with the server's words where it sent some
 */
export function checkError(value: unknown, url: URL, apiKey: string | null): void {
  if (hasError(value)) throw reportedError(parseErrorMessage(value) ?? '', url, apiKey)
}

/** The error of an event that is named so, whatever it holds */
export function errorEvent(data: string, url: URL, apiKey: string | null): CompletionError {
  return reportedError(errorMessage(data), url, apiKey)
}

function reportedError(said: string, url: URL, apiKey: string | null): CompletionError {
  return new CompletionError('server', `${url.host} reported an error${quote(said, apiKey)}`)
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
  if (status === 401 || status === 403) return 'authentication'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limit'
  return status >= 500 ? 'server' : 'rejected'
}

function redirection(location: string | undefined): string {
  const target = location !== undefined && URL.canParse(location) ? new URL(location).origin : null
  return `it points to ${target ?? 'another address'}, and redirects are not followed`
}

function errorMessage(text: string): string {
  try {
    return parseErrorMessage(JSON.parse(text)) ?? ''
  } catch {
    // A proxy's or a web server's page says nothing that fits into a line, and JSON that is cut may
    // begin with the prompt: some servers repeat the whole request.
    return /^\s*[<{["]/.test(text) ? '' : text.trim()
  }
}

/** The end of a message, with what the server said. Servers like to repeat a wrong key in that. */
function quote(said: string, apiKey: string | null): string {
  if (said === '') return '.'
  const line = said.replaceAll(/\s+/g, ' ')
  const safe = apiKey === null || apiKey === '' ? line : line.replaceAll(apiKey, '…')
  return `: ${safe.length <= MAX_ERROR_MESSAGE ? safe : `${safe.slice(0, MAX_ERROR_MESSAGE)}…`}`
}
