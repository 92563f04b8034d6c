import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'
import { isFields } from '../completions/fields.ts'
import { reveal, type Secrets } from '../completions/secrets.ts'
import type { HttpRequest } from '../completions/http/transport.ts'

/** A request as an editable document; `media/request.schema.json` describes its fields. */
export function printRequest({ method, url, headers, body }: HttpRequest): string {
  const parsed: unknown = body === undefined ? undefined : JSON.parse(body)
  return `${JSON.stringify({ method, url: url.href, headers, body: parsed }, null, 2)}\n`
}

/**
 * Parses a request document.
 *
 * @throws CompletionError `invalid_request`, without a quotation of the document
 */
export function parseRequest(text: string): HttpRequest {
  const value = jsonOf(text)
  if (!isFields(value)) throw invalid({ id: 'requestNotObject' })
  const { method = 'POST', url, headers = {}, body = null } = value
  if (method !== 'GET' && method !== 'POST') throw invalid({ id: 'requestMethod' })
  if (typeof url !== 'string' || !isHttp(url)) {
    throw invalid({ id: 'requestUrl' })
  }
  if (!isFields(headers)) throw invalid({ id: 'requestHeaders' })
  const entries = Object.entries(headers).map(([name, each]) => {
    if (typeof each !== 'string') throw invalid({ id: 'requestHeader', name })
    return [name.toLowerCase(), each]
  })
  const request = { method, url: new URL(url), headers: Object.fromEntries(entries) } as const
  return method === 'GET' || body === null ? request : { ...request, body: JSON.stringify(body) }
}

/**
 * The request with the secrets that it names. They are sent to `origin` only: elsewhere, and for an
 * unknown name, the header is omitted.
 */
export function withSecrets(
  request: HttpRequest,
  { secrets, origin }: { secrets: Secrets; origin: string },
): { request: HttpRequest; omitted: string[] } {
  const usable = request.url.origin === origin ? secrets : new Map<string, string>()
  const omitted: string[] = []
  const headers = Object.entries(request.headers).flatMap(([name, value]) => {
    const revealed = reveal(value, usable)
    if (revealed !== null) return [[name, revealed] as const]
    omitted.push(name)
    return []
  })
  return { request: { ...request, headers: Object.fromEntries(headers) }, omitted }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The message of the error quotes the document; the line number does not.
    const [, line] = /line (\d+)/.exec(String(error)) ?? []
    throw invalid({ id: 'requestNotJson', line: line === undefined ? null : Number(line) })
  }
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

function invalid(problem: Problem): CompletionError {
  return new CompletionError('invalid_request', problem)
}
