import { CompletionError } from '../completions/errors.ts'

/** Where completions come from and what it takes to get them. */
export interface Endpoint {
  /** The whole URL, with `/completions` */
  url: URL
  apiKey: string | null
}

export const BUILTIN = 'builtin'

/**
 * `http://host/v1` → `http://host/v1/completions`. A query stays, and so does a path that names
 * `/completions` already, since that is what documentations show.
 *
 * @throws CompletionError `invalid_request`
 */
export function completionsUrl(endpoint: string): URL {
  const text = endpoint.trim()
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CompletionError(
      'invalid_request',
      `The setting infill.endpoint must be "${BUILTIN}" or a URL such as http://127.0.0.1:11434/v1; it is ${JSON.stringify(text)}.`,
    )
  }
  if (url.username !== '' || url.password !== '') {
    throw new CompletionError(
      'invalid_request',
      'The setting infill.endpoint must not hold a password. Use “Infill: Set API Key”.',
    )
  }
  const path = url.pathname.replace(/\/+$/, '')
  url.pathname = path.endsWith('/completions') ? path : `${path}/completions`
  url.hash = ''
  return url
}

/** What the user sees of the endpoint: `builtin`, the host, or what they wrote if it is no URL. */
export function endpointLabel(endpoint: string): string {
  // "localhost:8080" is a URL, too: of the scheme "localhost", and without a host.
  return (URL.canParse(endpoint) && new URL(endpoint).host) || endpoint
}
