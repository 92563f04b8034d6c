import { parseCompletion } from './parse.ts'
import type { Completion, CompletionRequest } from './types.ts'

/**
 * How one kind of endpoint says what the completions API says: where its requests go, what their
 * bodies look like, and how its answers become completions. The client speaks one dialect; what
 * other servers speak is in `servers/`.
 */
export interface Dialect {
  /** The whole URL, from the base URL that the user gave. */
  url(base: URL, request: CompletionRequest): URL
  /** How the key goes out. */
  authorization(apiKey: string): Readonly<Record<string, string>>
  /** The body of the request. */
  encode(request: CompletionRequest, stream: boolean): object
  /**
   * One JSON value of the answer as a completion.
   *
   * @throws CompletionError `protocol` when it is none
   */
  decode(value: unknown): Completion
  /** How a stream is divided: into server-sent events, or into lines of JSON. */
  readonly framing: 'events' | 'lines'
}

/** What the API reference says. */
export const completionsDialect: Dialect = {
  url: (base) => join(base, 'completions'),
  authorization: bearer,
  encode(request, stream) {
    // The API refuses `stream_options` where there is no stream.
    const { stream_options, ...rest } = request
    return stream && stream_options !== undefined
      ? { ...rest, stream, stream_options }
      : { ...rest, stream }
  },
  decode: parseCompletion,
  framing: 'events',
}

export function bearer(apiKey: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${apiKey}` }
}

/** `http://host/v1?q` and `completions` → `http://host/v1/completions?q`, unless it ends so already. */
export function join(base: URL, path: string): URL {
  const url = new URL(base)
  const before = url.pathname.replace(/\/+$/, '')
  url.pathname = before.endsWith(`/${path}`) ? before : `${before}/${path}`
  return url
}
