import { readChunks } from './chunks.ts'
import { collect } from './collect.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { completionsDialect, type Dialect } from './dialect.ts'
import { checkStatus } from './response.ts'
import { CLOCK, withRetries, type Clock, type Retry } from './retry.ts'
import type { HttpRequest, HttpResponse, Send } from './http/transport.ts'
import type { Completion, CompletionChunk, CompletionRequest } from './types.ts'

export interface ClientOptions {
  /** The base URL, which the dialect adds its path to */
  base: URL
  /** Goes out as the dialect says, to the base URL's origin only. */
  apiKey: string | null
  dialect?: Dialect
  /** Sent with each request; they win over Infill's own. */
  headers?: Readonly<Record<string, string>>
  /** Put into each body at last: a field with the value `null` is taken out of it. */
  extraBody?: Readonly<Record<string, unknown>>
  /** Timeout for the first chunk, in s; 0 disables it */
  firstTokenTimeout: number
  /** Timeout for each further chunk, in s; 0 disables it. Comments do not count as chunks. */
  idleTimeout: number
  /**
   * How often a request is sent again that failed before anything of its answer came, and may go
   * well a moment later; `firstTokenTimeout` is for all of them together. Default: 0
   */
  maxRetries?: number
  clock?: Clock
  send: Send
}

/** What of a client's options shapes its requests. */
export type RequestOptions = Pick<
  ClientOptions,
  'base' | 'apiKey' | 'dialect' | 'headers' | 'extraBody'
>

export interface RunOptions {
  signal?: AbortSignal
  /** Called before the wait for each further attempt. */
  onRetry?: (retry: Retry) => void
}

export interface Client {
  /**
   * One whole completion. There is no clock on it but `firstTokenTimeout`.
   *
   * @throws CompletionError; the signal's reason when it was aborted
   */
  create(request: CompletionRequest, options?: RunOptions): Promise<Completion>
  /**
   * The chunks as they come. Leaving the loop ends the HTTP request, and so does the signal, after
   * which the loop just ends: to cancel is not an error.
   *
   * @throws CompletionError; with `cut`, what came before it is good but not all
   */
  createStreaming(
    request: CompletionRequest,
    options?: RunOptions,
  ): AsyncGenerator<CompletionChunk, void, undefined>
}

/** How long an answer may take to end after its "[DONE]" before the connection is closed, in s */
const END_TIMEOUT = 0.1

export function createClient(options: ClientOptions): Client {
  const { apiKey, firstTokenTimeout, idleTimeout, send, dialect = completionsDialect } = options
  const { maxRetries = 0, clock = CLOCK } = options

  async function open(
    request: CompletionRequest,
    stream: boolean,
    deadline: Deadline,
    onRetry: RunOptions['onRetry'],
  ): Promise<{ response: HttpResponse; url: URL }> {
    const http = toHttpRequest(options, request, stream)
    const { url } = http
    const { signal } = deadline
    const until = firstTokenTimeout > 0 ? clock.now() + firstTokenTimeout * 1000 : Infinity
    deadline.begin(firstTokenTimeout, {
      id: 'firstTokenTimeout',
      host: url.host,
      seconds: firstTokenTimeout,
    })
    const attempt = async (): Promise<HttpResponse> => {
      const answer = await send(http, signal)
      await checkStatus(answer, url, apiKey)
      return answer
    }
    const response = await withRetries(attempt, { maxRetries, signal, until, onRetry, clock })
    return { response, url }
  }

  return {
    async create(request, { signal, onRetry } = {}) {
      const deadline = createDeadline(signal)
      try {
        const { response, url } = await open(request, false, deadline, onRetry)
        const onDone = () => finish(deadline)
        return await collect(readChunks(response, { url, apiKey, dialect, onDone }))
      } finally {
        deadline.end()
      }
    },

    async *createStreaming(request, { signal, onRetry } = {}) {
      const deadline = createDeadline(signal)
      try {
        const { response, url } = await open(request, true, deadline, onRetry)
        const onDone = () => finish(deadline)
        for await (const chunk of readChunks(response, { url, apiKey, dialect, onDone })) {
          deadline.end()
          yield chunk
          // More chunks may be here already: they came in the same piece.
          if (signal?.aborted === true) return
          deadline.begin(idleTimeout, { id: 'idleTimeout', host: url.host, seconds: idleTimeout })
        }
      } catch (error) {
        if (signal?.aborted !== true) throw error
      } finally {
        deadline.end()
      }
    },
  }
}

function finish(deadline: Deadline): void {
  deadline.begin(END_TIMEOUT, { id: 'endTimeout' })
}

/** The exact request that goes out, which is also what a preview of it shows. */
export function toHttpRequest(
  { base, apiKey, headers, extraBody, dialect = completionsDialect }: RequestOptions,
  request: CompletionRequest,
  stream: boolean,
): HttpRequest {
  const body = Object.entries({ ...dialect.encode(request, stream), ...extraBody })
  return {
    method: 'POST',
    url: dialect.url(base, request),
    headers: {
      accept: stream ? 'text/event-stream' : 'application/json',
      // A compressed stream arrives in lumps.
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      ...(apiKey === null ? {} : dialect.authorization(apiKey)),
      ...lowerCased(headers),
    },
    body: JSON.stringify(Object.fromEntries(body.filter(([, value]) => value !== null))),
  }
}

/** So that the user's header takes the place of ours, however it is written. */
function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}
