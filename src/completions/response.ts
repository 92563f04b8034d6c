import { readText } from './body.ts'
import { CompletionError, type CompletionErrorKind } from './errors.ts'
import { parseErrorMessage } from './parse.ts'
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
  const text = await readText(response.body, MAX_ERROR_BODY)
  const said = redact(serverMessage(text, status, response.header('location')), apiKey)
  const requestId = response.header('x-request-id')
  throw new CompletionError(
    kindOf(status),
    `${url.host} answered ${status}${said === '' ? '.' : `: ${said}`}`,
    requestId === undefined ? { status } : { status, requestId },
  )
}

function kindOf(status: number): CompletionErrorKind {
  if (status === 401 || status === 403) return 'authentication'
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limit'
  return status >= 500 ? 'server' : 'rejected'
}

function serverMessage(text: string, status: number, location: string | undefined): string {
  if (status < 400) {
    const target =
      location !== undefined && URL.canParse(location) ? new URL(location).origin : null
    return `it points to ${target ?? 'another address'}, and redirects are not followed`
  }
  try {
    return parseErrorMessage(JSON.parse(text)) ?? ''
  } catch {
    // A proxy's or a web server's page says nothing that fits into a line.
    return text.includes('<') ? '' : text.trim()
  }
}

/** Servers like to repeat a wrong key in their answer. */
function redact(message: string, apiKey: string | null): string {
  const line = message.replaceAll(/\s+/g, ' ')
  const safe = apiKey === null || apiKey === '' ? line : line.replaceAll(apiKey, '…')
  return safe.length <= MAX_ERROR_MESSAGE ? safe : `${safe.slice(0, MAX_ERROR_MESSAGE)}…`
}
