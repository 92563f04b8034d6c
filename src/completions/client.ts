import { readChunks } from './chunks.ts'
import { collect } from './collect.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { checkStatus } from './response.ts'
import type { HttpRequest, HttpResponse, Send } from './transport.ts'
import type { Completion, CompletionChunk, CompletionRequest } from './types.ts'

export interface ClientOptions {
  /** Where completions are asked for: the whole URL, with `/completions` */
  url: URL
  /** Goes out as `Authorization: Bearer`, to this URL's origin only. */
  apiKey: string | null
  /** How long to wait for the first chunk, in s; 0: for ever */
  firstTokenTimeout: number
  /** How long to wait for each further chunk, in s; 0: for ever. Comments do not count as chunks. */
  idleTimeout: number
  send: Send
}

export interface RunOptions {
  signal?: AbortSignal
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
  const { url, apiKey, firstTokenTimeout, idleTimeout, send } = options

  async function open(
    request: CompletionRequest,
    stream: boolean,
    deadline: Deadline,
  ): Promise<HttpResponse> {
    deadline.begin(firstTokenTimeout, `${url.host} sent nothing for ${firstTokenTimeout} s.`)
    const response = await send(
      toHttpRequest({ url, apiKey, stream, body: { ...request, stream } }),
      deadline.signal,
    )
    await checkStatus(response, url, apiKey)
    return response
  }

  return {
    async create(request, { signal } = {}) {
      const deadline = createDeadline(signal)
      try {
        // The API refuses `stream_options` where there is no stream.
        const { stream_options: _, ...whole } = request
        const response = await open(whole, false, deadline)
        return await collect(readChunks(response, url, apiKey, () => finish(deadline)))
      } finally {
        deadline.end()
      }
    },

    async *createStreaming(request, { signal } = {}) {
      const deadline = createDeadline(signal)
      try {
        const response = await open(request, true, deadline)
        for await (const chunk of readChunks(response, url, apiKey, () => finish(deadline))) {
          deadline.end()
          yield chunk
          // More chunks may be here already: they came in the same piece.
          if (signal?.aborted === true) return
          deadline.begin(
            idleTimeout,
            `${url.host} stopped in the middle: nothing for ${idleTimeout} s.`,
          )
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
  deadline.begin(END_TIMEOUT, 'The answer did not end after its "[DONE]".')
}

function toHttpRequest(of: {
  url: URL
  apiKey: string | null
  stream: boolean
  body: object
}): HttpRequest {
  return {
    method: 'POST',
    url: of.url,
    headers: {
      accept: of.stream ? 'text/event-stream' : 'application/json',
      // A compressed stream arrives in lumps.
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      ...(of.apiKey === null ? {} : { authorization: `Bearer ${of.apiKey}` }),
    },
    body: JSON.stringify(of.body),
  }
}
