import { parseCompletion } from './parse.ts'
import type { Completion, CompletionRequest } from './types.ts'

/**
 * How one type of endpoint implements the completions API: its URLs, its request bodies, and how
 * its responses become completions. The client uses one dialect; `servers/` has those of other
 * servers.
 */
export interface Dialect {
  /** The whole URL, from the base URL of the settings */
  url(base: URL, request: CompletionRequest, stream: boolean): URL
  /** The headers that carry the API key */
  authorization(apiKey: string): Readonly<Record<string, string>>
  /** The body of the request; `base` as in `url` */
  encode(request: CompletionRequest, stream: boolean, base?: URL): object
  /**
   * Converts one JSON value of the response to a completion.
   *
   * @throws CompletionError `protocol` when it is not a completion
   */
  decode(value: unknown): Completion
  /** How a stream is divided: into server-sent events, or into lines of JSON */
  readonly framing: 'events' | 'lines'
}

/** The dialect of the API reference. */
export const completionsDialect: Dialect = {
  url: (base) => join(base, 'completions'),
  authorization: bearer,
  encode(request, stream) {
    // The API refuses `stream_options` in requests without `stream`.
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

/**
 * `http://host/v1?q` and `completions` → `http://host/v1/completions?q`, unless the path already
 * ends so.
 */
export function join(base: URL, path: string): URL {
  const url = new URL(base)
  const before = url.pathname.replace(/\/+$/, '')
  url.pathname = before.endsWith(`/${path}`) ? before : `${before}/${path}`
  return url
}
