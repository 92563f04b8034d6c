import { CompletionError } from '../completions/errors.ts'
import { isFields } from '../completions/fields.ts'
import { reveal, type Secrets } from '../completions/secrets.ts'
import type { HttpRequest } from '../completions/http/transport.ts'

/** A request as a user reads and edits it; `media/request.schema.json` says what may stand there. */
export function printRequest({ method, url, headers, body }: HttpRequest): string {
  const parsed: unknown = body === undefined ? undefined : JSON.parse(body)
  return `${JSON.stringify({ method, url: url.href, headers, body: parsed }, null, 2)}\n`
}

/**
 * The request that stands in a document.
 *
 * @throws CompletionError `invalid_request` that says what is wrong with it, without a word of it
 */
export function parseRequest(text: string): HttpRequest {
  const value = jsonOf(text)
  if (!isFields(value)) throw invalid('it must be an object with "method", "url" and "body"')
  const { method = 'POST', url, headers = {}, body = null } = value
  if (method !== 'GET' && method !== 'POST') throw invalid('"method" must be "POST" or "GET"')
  if (typeof url !== 'string' || !isHttp(url)) {
    throw invalid('"url" must begin with http:// or https://')
  }
  if (!isFields(headers)) throw invalid('"headers" must be an object')
  const entries = Object.entries(headers).map(([name, each]) => {
    if (typeof each !== 'string') throw invalid(`the header "${name}" must be a text`)
    return [name.toLowerCase(), each]
  })
  const request = { method, url: new URL(url), headers: Object.fromEntries(entries) } as const
  return method === 'GET' || body === null ? request : { ...request, body: JSON.stringify(body) }
}

/**
 * The request with the secrets that it names, as far as they may go where it goes: to `origin` and
 * nowhere else. A header with a name that stays unknown is left out, and `left` has its name.
 */
export function withSecrets(
  request: HttpRequest,
  { secrets, origin }: { secrets: Secrets; origin: string },
): { request: HttpRequest; left: string[] } {
  const usable = request.url.origin === origin ? secrets : new Map<string, string>()
  const left: string[] = []
  const headers = Object.entries(request.headers).flatMap(([name, value]) => {
    const revealed = reveal(value, usable)
    if (revealed !== null) return [[name, revealed] as const]
    left.push(name)
    return []
  })
  return { request: { ...request, headers: Object.fromEntries(headers) }, left }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // Its message quotes the document; the place alone does not.
    const [, line] = /line (\d+)/.exec(String(error)) ?? []
    throw invalid(line === undefined ? 'it is not JSON' : `it is not JSON, see line ${line}`)
  }
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function invalid(why: string): CompletionError {
  return new CompletionError('invalid_request', `The request cannot be sent: ${why}.`)
}
