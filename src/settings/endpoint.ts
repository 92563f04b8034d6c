import { CompletionError } from '../completions/errors.ts'

/** Where completions come from and what it takes to get them. */
export interface Endpoint {
  /** What the path of a request is added to */
  base: URL
  apiKey: string | null
}

export const BUILTIN = 'builtin'

/**
 * The base URL of the setting. A query stays; a path that names `/completions` already, as
 * documentations show it, loses that.
 *
 * @throws CompletionError `invalid_request`
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

/** What the user sees of the endpoint: `builtin`, the host, or what they wrote if it is no URL. */
export function endpointLabel(endpoint: string): string {
  // "localhost:8080" is a URL, too: of the scheme "localhost", and without a host.
  return (URL.canParse(endpoint) && new URL(endpoint).host) || endpoint
}
