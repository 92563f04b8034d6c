import { CompletionError } from '../completions/errors.ts'
import { detectByUrl } from '../servers/detect.ts'
import { baseUrl } from '../settings/endpoint.ts'
import { parseCurl } from './parseCurl.ts'

/** What was pasted, as far as it is understood. */
export type Pasted = PastedUrl | { fault: UrlFault }

export interface PastedUrl {
  /** Base URLs to try, the most likely first */
  urls: readonly string[]
  /** From a curl command */
  apiKey?: string
  model?: string
}

/** `hasSecret`: a password or a key is part of the URL, where it would be stored as plain text. */
export type UrlFault = 'notUrl' | 'hasSecret'

/**
 * Finds the base URL in what people paste: a URL with or without its scheme and the path of a request,
 * in quotes, in a line of a shell script or of documentation, or a whole curl command.
 *
 * ```
 *   curl http://localhost:11434/api/generate -d '{"model": "m"}'   →   http://localhost:11434/v1, model m
 *   OPENAI_BASE_URL="https://api.example.com/v1/"                  →   https://api.example.com/v1
 *   0.0.0.0:8080                        →   http://127.0.0.1:8080/v1, else http://127.0.0.1:8080
 * ```
 */
export function normalizeUrl(text: string): Pasted {
  const curl = parseCurl(text)
  const base = baseOf(reachable(curl?.url ?? urlIn(text)))
  if (typeof base === 'string') return { fault: base }
  const { apiKey, model } = curl ?? {}
  return {
    urls: candidates(base).map(textOf),
    ...(apiKey !== undefined && { apiKey }),
    ...(model !== undefined && { model }),
  }
}

/** Characters that are invisible and come along when text is copied from a web page */
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff]/g

/** The URL in a text with other words; otherwise the text, without its white space. */
function urlIn(pasted: string): string {
  const text = pasted.replaceAll(INVISIBLE, '').trim()
  const assigned = text.replace(
    /^(?:export\s+)?["']?[A-Za-z_]\w*["']?\s*[=:]\s*(?=["'`]?\S)(?!\d+(\/|$)|\/\/)/,
    '',
  )
  const [found] = /https?:\/\/[^\s"'`<>|\\]+/i.exec(assigned) ?? []
  return found ?? assigned.replaceAll(/\s+/g, '')
}

/** Servers print the address that they listen on, which is no address to connect to. */
function reachable(text: string): string {
  return text
    .replace(/^(["'`<(]*(?:https?:\/\/)?)0\.0\.0\.0(?=[:/]|$)/i, '$1127.0.0.1')
    .replace(/^(["'`<(]*(?:https?:\/\/)?)\[::\](?=[:/]|$)/i, '$1[::1]')
    .replace(/^(?=127\.0\.0\.1(?:[:/]|$)|\[::1\])/, 'http://')
    .replace(/^(?=[\w.-]+:8?443(?:\/|$))/, 'https://')
}

function baseOf(text: string): URL | UrlFault {
  try {
    const url = baseUrl(text)
    return [...url.searchParams.keys()].some((name) => SECRET.test(name)) ? 'hasSecret' : url
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error
    return error.problem.id === 'endpointHasPassword' ? 'hasSecret' : 'notUrl'
  }
}

/** Names of query parameters that carry a key */
const SECRET = /^(api[-_]?key|key|(access[-_]?)?token|secret|sig|password)$/i

/** A path that says where the API is */
const VERSIONED = /\/(v\d\w*|beta|openai)(\/|$)/i

/** Where the path does not say it, the API is at `/v1`, as with most servers, or at the URL itself. */
function candidates(base: URL): URL[] {
  if (detectByUrl(base) !== null || VERSIONED.test(base.pathname)) return [base]
  const v1 = new URL(base)
  v1.pathname = `${base.pathname.replace(/\/$/, '')}/v1`
  return [v1, base]
}

function textOf(url: URL): string {
  return url.pathname === '/' && url.search === '' ? url.origin : url.href
}
