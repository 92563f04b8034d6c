import { CompletionError } from '../completions/errors.ts'

/** The base URL of a server, and its API key. */
export interface Endpoint {
  /** Request paths are appended to it */
  base: URL
  apiKey: string | null
}

export const BUILTIN = 'builtin'

/**
 * The base URL in the setting `infill.endpoint`. A query is kept. `/completions` at the end of the
 * path is removed, because documentation often shows the complete URL.
 *
 * @throws CompletionError `invalid_request` if it is not an HTTP URL, or contains a password
 */
export function baseUrl(endpoint: string): URL {
  const text = endpoint.trim()
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CompletionError('invalid_request', { id: 'endpointNotUrl', value: text })
  }
  if (url.username !== '' || url.password !== '') {
    throw new CompletionError('invalid_request', { id: 'endpointHasPassword' })
  }
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/completions$/, '')
  url.hash = ''
  return url
}

/** The endpoint as the UI shows it: `builtin`, the host, or the value of the setting if it has no host. */
export function endpointLabel(endpoint: string): string {
  // "localhost:8080" parses as a URL with the scheme "localhost" and without a host.
  return (URL.canParse(endpoint) && new URL(endpoint).host) || endpoint
}
