import { chunkBatches, readChunks, type ChunkBatch } from './chunks.ts'
import { collect } from './collect.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { completionsDialect, type Dialect } from './dialect.ts'
import { CompletionError } from './errors.ts'
import { MAX_EMPTY_CHUNKS } from './limits.ts'
import { oneByOne } from './oneByOne.ts'
import { checkStatus } from './response.ts'
import { CLOCK, withRetries, type Clock, type Retry } from './retry.ts'
import type { HttpRequest, HttpResponse, Send } from './http/transport.ts'
import type { Completion, CompletionChunk, CompletionRequest } from './types.ts'

export interface ClientOptions {
  /** The base URL; the dialect appends its path */
  base: URL
  /** Sent as the dialect specifies, to the origin of the base URL only */
  apiKey: string | null
  dialect?: Dialect
  /** Sent with each request; they override Infill's own headers */
  headers?: Readonly<Record<string, string>>
  /** Merged into each body; a field with the value `null` is removed from it */
  extraBody?: Readonly<Record<string, unknown>>
  /** Timeout for the first chunk, in s; 0 disables it */
  firstTokenTimeout: number
  /** Timeout for each further chunk, in s; 0 disables it. Comments do not count as chunks. */
  idleTimeout: number
  /**
   * Maximum number of retries of a request that failed with a retryable error before its first
   * chunk. `firstTokenTimeout` applies to all attempts together. Default: 0
   */
  maxRetries?: number
  clock?: Clock
  send: Send
}

/** The client options that affect requests. */
export type RequestOptions = Pick<
  ClientOptions,
  'base' | 'apiKey' | 'dialect' | 'headers' | 'extraBody'
>

export interface RunOptions {
  signal?: AbortSignal
  /** Called before the wait for each further attempt */
  onRetry?: (retry: Retry) => void
}

export interface Client {
  /**
   * Requests one whole completion. Its only timeout is `firstTokenTimeout`.
   *
   * @throws CompletionError; the signal's reason when it was aborted
   */
  create(request: CompletionRequest, options?: RunOptions): Promise<Completion>
  /**
   * Streams the chunks of a completion. Leaving the loop cancels the HTTP request. Aborting the
   * signal cancels it as well and ends the loop without an error.
   *
   * @throws CompletionError; with `cut`, the chunks before it are valid but incomplete
   */
  createStreaming(
    request: CompletionRequest,
    options?: RunOptions,
  ): AsyncGenerator<CompletionChunk, void, undefined>
  /** `createStreaming`, with the chunks that arrived together in one batch: less time for each chunk */
  createBatches(
    request: CompletionRequest,
    options?: RunOptions,
  ): AsyncGenerator<ChunkBatch, void, undefined>
}

/** Maximum time between "[DONE]" and the end of a response, in s; then the connection is closed */
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

  async function* createBatches(
    request: CompletionRequest,
    { signal, onRetry }: RunOptions = {},
  ): AsyncGenerator<ChunkBatch, void, undefined> {
    const deadline = createDeadline(signal)
    try {
      const { response, url } = await open(request, true, deadline, onRetry)
      const onDone = () => finish(deadline)
      let empty = 0
      for await (const batch of chunkBatches(response, { url, apiKey, dialect, onDone })) {
        // The role, or thoughts that are not text: the model has not begun, or it rests.
        const isEmpty = batch.every(saysNothing)
        empty = isEmpty ? empty + batch.length : 0
        if (empty > MAX_EMPTY_CHUNKS) {
          throw new CompletionError('protocol', { id: 'onlyEmptyChunks' })
        }
        if (!isEmpty) deadline.end()
        yield batch
        if (signal?.aborted === true) return
        if (isEmpty) continue
        deadline.begin(idleTimeout, { id: 'idleTimeout', host: url.host, seconds: idleTimeout })
      }
    } catch (error) {
      if (signal?.aborted !== true) throw error
    } finally {
      deadline.end()
    }
  }

  return {
    createBatches,
    createStreaming: (request, run) => oneByOne(createBatches(request, run), run?.signal),
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
  }
}

/** Whether a chunk has neither text nor a finish_reason nor usage */
function saysNothing({ choices, usage }: CompletionChunk): boolean {
  if (usage !== null) return false
  return choices.every(({ text, finish_reason }) => text === '' && finish_reason === null)
}

function finish(deadline: Deadline): void {
  deadline.begin(END_TIMEOUT, { id: 'endTimeout' })
}

/** Builds the exact request, for sending and for its preview. */
export function toHttpRequest(
  { base, apiKey, headers, extraBody, dialect = completionsDialect }: RequestOptions,
  request: CompletionRequest,
  stream: boolean,
): HttpRequest {
  const body = Object.entries({ ...dialect.encode(request, stream, base), ...extraBody })
  return {
    method: 'POST',
    url: dialect.url(base, request, stream),
    headers: {
      accept: stream ? 'text/event-stream' : 'application/json',
      // A compressed stream is delivered in large blocks.
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      ...(apiKey === null ? {} : dialect.authorization(apiKey)),
      ...lowerCased(headers),
    },
    body: JSON.stringify(Object.fromEntries(body.filter(([, value]) => value !== null))),
  }
}

/** Lower case, so that a header of the user overrides Infill's header of the same name. */
function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
}
