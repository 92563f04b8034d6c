import { readText, sniff } from './body.ts'
import { collect } from './collect.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { CompletionError } from './errors.ts'
import { readEvents } from './events.ts'
import { parseCompletion, parseJson } from './parse.ts'
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
        return await collect(readChunks(response))
      } finally {
        deadline.end()
      }
    },

    async *createStreaming(request, { signal } = {}) {
      const deadline = createDeadline(signal)
      try {
        for await (const chunk of readChunks(await open(request, true, deadline))) {
          deadline.end()
          yield chunk
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

/** The chunks of an answer in whichever form it came: a stream, or one whole JSON document. */
async function* readChunks(response: HttpResponse): AsyncGenerator<CompletionChunk> {
  const { kind, body } = await sniff(response.body)
  switch (kind) {
    case 'events':
      yield* readStream(body)
      return
    case 'json':
      yield parseCompletion(parseJson(await readText(body)))
      return
    case 'html':
      throw new CompletionError(
        'protocol',
        'The server answered with a web page: a sign-in page or a proxy, or the URL is wrong.',
      )
    case 'empty':
      throw new CompletionError('protocol', 'The server’s answer was empty.')
  }
}

async function* readStream(body: AsyncIterable<Uint8Array>): AsyncGenerator<CompletionChunk> {
  const open = new Set<number>()
  let finished = false
  for await (const { event, data } of readEvents(body)) {
    if (data === '[DONE]') break
    // Some servers send events that are all comment or metadata.
    if (data.trim() === '') continue
    const value = parseJson(data)
    const chunk = parseCompletion(event === 'error' ? { error: value } : value)
    for (const { index, finish_reason } of chunk.choices) {
      if (finish_reason === null) open.add(index)
      else {
        open.delete(index)
        finished = true
      }
    }
    yield chunk
  }
  // "[DONE]" proves nothing: some servers omit it, others send it after an error.
  if (!finished || open.size > 0) {
    throw new CompletionError('cut', 'The stream ended before the completion did.')
  }
}
