import { readText } from './http/body.ts'
import { readChunks } from './chunks.ts'
import { collect } from './collect.ts'
import { createDeadline } from './deadline.ts'
import type { Dialect } from './dialect.ts'
import { CompletionError } from './errors.ts'
import type { Problem } from './problems.ts'
import type { HttpRequest, HttpResponse, Send } from './http/transport.ts'
import type { Completion, CompletionChunk } from './types.ts'

/** One exact request and the complete response to it. */
export interface Exchange {
  status: number
  /** The headers about the completion, the server or its limits */
  headers: Readonly<Record<string, string>>
  /** Time from the request to the first chunk, in ms; `null` when there was none */
  firstChunkAfter: number | null
  /** Time from the request to the end of the response, in ms */
  elapsed: number
  /** The response: its JSON value, or its text */
  raw: unknown
  /** The number of chunks and the completion they form; `null` when there were none */
  chunks: number
  completion: Completion | null
  /** Why the completion is missing or incomplete; `stopped`: the signal was aborted */
  failure: Problem | 'stopped' | null
}

export interface ExchangeOptions {
  send: Send
  /** How the response is parsed */
  dialect: Dialect
  /** Aborted to stop; what has been received is returned. */
  signal: AbortSignal
  onChunk: (count: number) => void
}

/**
 * Sends a request without validation or retries, for users who want to see how the server responds.
 *
 * @throws CompletionError when there was no response; the signal's reason when it was aborted
 * before
 */
export async function exchange(request: HttpRequest, options: ExchangeOptions): Promise<Exchange> {
  const deadline = createDeadline(options.signal)
  const began = performance.now()
  const response = await options.send(request, deadline.signal)
  let firstChunkAfter: number | null = null
  function onChunk(count: number): void {
    firstChunkAfter ??= performance.now() - began
    options.onChunk(count)
  }
  const onDone = () => deadline.begin(END_TIMEOUT, { id: 'endTimeout' })
  const { chunks, text, failure } = await read(request.url, response, {
    ...options,
    onChunk,
    onDone,
  })
  deadline.end()
  const raw = jsonOf(text)
  return {
    status: response.status,
    headers: headersOf(response),
    firstChunkAfter,
    elapsed: performance.now() - began,
    raw: raw ?? text,
    chunks: chunks.length,
    completion: chunks.length === 0 ? null : await collect(iterate(chunks)),
    failure,
  }
}

/** Maximum time between "[DONE]" and the end of a response, in s; then the connection is closed */
const END_TIMEOUT = 0.1

interface Reading {
  chunks: CompletionChunk[]
  text: string
  failure: Exchange['failure']
}

async function read(
  url: URL,
  response: HttpResponse,
  { dialect, signal, onChunk, onDone }: ExchangeOptions & { onDone: () => void },
): Promise<Reading> {
  const reading: Reading = { chunks: [], text: '', failure: null }
  const decoder = new TextDecoder()
  async function* tee(): AsyncGenerator<Uint8Array> {
    for await (const bytes of response.body) {
      reading.text += decoder.decode(bytes, { stream: true })
      yield bytes
    }
  }
  const body = tee()
  const header = (name: string): string | undefined => response.header(name)
  try {
    if (response.status >= 200 && response.status < 300) {
      // The caller removes the key from the whole response.
      const how = { url, apiKey: null, dialect, onDone }
      for await (const chunk of readChunks({ status: response.status, header, body }, how)) {
        onChunk(reading.chunks.push(chunk))
      }
    } else {
      await readText(body)
      reading.failure = { id: 'httpStatus', host: url.host, status: response.status, said: '' }
    }
  } catch (error) {
    if (!signal.aborted && !(error instanceof CompletionError)) throw error
    reading.failure = error instanceof CompletionError ? error.problem : 'stopped'
  }
  return reading
}

async function* iterate(chunks: readonly CompletionChunk[]): AsyncGenerator<CompletionChunk> {
  yield* chunks
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const HEADERS = [
  'content-type',
  'server',
  'retry-after',
  'location',
  'x-request-id',
  'apim-request-id',
  'x-generation-id',
  'openai-model',
  'openai-processing-ms',
  'x-ratelimit-limit-requests',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-reset-requests',
  'x-ratelimit-limit-tokens',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-tokens',
]

function headersOf(response: HttpResponse): Record<string, string> {
  const found = HEADERS.map((name) => [name, response.header(name)] as const)
  return Object.fromEntries(
    found.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
