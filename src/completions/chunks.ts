import { readText, sniff } from './http/body.ts'
import type { Dialect } from './dialect.ts'
import { CompletionError } from './errors.ts'
import { readEvents, type ServerEvent } from './events.ts'
import { readLines } from './lines.ts'
import { isFields } from './fields.ts'
import { MAX_CHOICES, MAX_DOCUMENT } from './limits.ts'
import { parseJson, tooManyChoices } from './parse.ts'
import { checkError, errorEvent } from './response.ts'
import type { HttpResponse } from './http/transport.ts'
import type { CompletionChunk } from './types.ts'

export interface Reading {
  url: URL
  apiKey: string | null
  dialect: Dialect
  /** Called after the last chunk, when the HTTP response has not ended yet. */
  onDone: () => void
}

/**
 * The chunks of a response in either form: a stream, or one whole JSON document.
 *
 * @throws CompletionError `server`, `protocol` or `cut`
 */
export async function* readChunks(
  response: HttpResponse,
  reading: Reading,
): AsyncGenerator<CompletionChunk> {
  const { url, apiKey, dialect } = reading
  const { kind, body } = await sniff(response.body)
  switch (kind) {
    case 'events':
      yield* readStream(readEvents(body), reading)
      return
    case 'json': {
      if (dialect.framing === 'lines') {
        yield* readStream(readLines(body), reading)
        return
      }
      const value = parseJson(await readDocument(body))
      checkError(value, url, apiKey)
      yield dialect.decode(value)
      return
    }
    case 'html':
      // An unread body would keep its connection open.
      await readText(body, 0)
      throw new CompletionError('protocol', { id: 'webPage' })
    case 'empty':
      throw new CompletionError('protocol', { id: 'emptyResponse' })
  }
}

async function* readStream(
  events: AsyncIterable<ServerEvent>,
  { url, apiKey, dialect, onDone }: Reading,
): AsyncGenerator<CompletionChunk> {
  const begun = new Set<number>()
  const ended = new Set<number>()
  const isComplete = () => ended.size > 0 && ended.size === begun.size
  let empty = true
  let done = false
  try {
    for await (const event of events) {
      if (done) continue
      if (event.event === 'error') throw errorEvent(event.data, url, apiKey)
      const data = event.data.trim()
      if (data === '[DONE]') {
        // Reading to the end keeps the connection open for the next request; leaving here would
        // close it.
        done = true
        onDone()
        continue
      }
      // Some servers send events that contain only a comment or metadata, and llama.cpp (2026-09)
      // begins the response to several prompts with `null`. Neither shows that the model has
      // started.
      if (data === '' || data === 'null') continue
      for (const value of valuesOf(event)) {
        checkError(value, url, apiKey)
        const chunk = decode(value, dialect)
        if (chunk === null) continue
        empty = false
        for (const { index, finish_reason } of chunk.choices) {
          begun.add(index)
          if (finish_reason !== null) ended.add(index)
        }
        if (begun.size > MAX_CHOICES) throw tooManyChoices()
        yield chunk
      }
    }
  } catch (error) {
    // After the last finish_reason only usage can be lost, and after "[DONE]" nothing.
    if (!((done || isComplete()) && isLoss(error))) throw error
  }
  if (empty) throw new CompletionError('protocol', { id: 'notACompletion' })
  // "[DONE]" proves nothing: some servers omit it, others send it after an error.
  if (!isComplete()) throw cut()
}

/** The JSON values of an event. Events of other kinds, such as `event: ping`, have none. */
function valuesOf({ event, data, whole }: ServerEvent): unknown[] {
  try {
    return [parseJson(data)]
  } catch (error) {
    if (isNotJson(error)) {
      const lines = data
        .split('\n')
        .filter((line) => line.trim() !== '' && line.trim() !== '[DONE]')
      const values = lines.flatMap((line) => jsonOf(line))
      // Some servers omit the blank lines between events.
      if (lines.length > 1 && values.length === lines.length) return values
      if (event !== undefined && !NAMES.has(event)) return []
    }
    throw whole ? error : cut()
  }
}

/** Names that servers give to the events of a completion; the default name is `message`. */
const NAMES: ReadonlySet<string> = new Set(['message', 'completion', 'chunk', 'data', 'delta'])

function jsonOf(line: string): unknown[] {
  try {
    return [parseJson(line)]
  } catch {
    return []
  }
}

function isNotJson(error: unknown): boolean {
  return error instanceof CompletionError && error.problem.id === 'notJson'
}

/** `null` for metadata and the like: only what claims to be a completion has to be one. */
function decode(value: unknown, dialect: Dialect): CompletionChunk | null {
  try {
    return dialect.decode(value)
  } catch (error) {
    const isForeign = isFields(value) && !('choices' in value)
    const isOther = error instanceof CompletionError && error.problem.id === 'notACompletion'
    if (isForeign && isOther) return null
    throw error
  }
}

async function readDocument(body: AsyncIterable<Uint8Array>): Promise<string> {
  const text = await readText(body, MAX_DOCUMENT)
  if (text.length > MAX_DOCUMENT) throw new CompletionError('protocol', { id: 'oversizedResponse' })
  return text
}

function isLoss(error: unknown): boolean {
  return error instanceof CompletionError && (error.kind === 'cut' || error.kind === 'timeout')
}

function cut(): CompletionError {
  return new CompletionError('cut', { id: 'unfinishedStream' })
}
