import { readText, sniff } from './http/body.ts'
import type { Dialect } from './dialect.ts'
import { CompletionError } from './errors.ts'
import { eventBatches, type ServerEvent } from './events.ts'
import { lineBatches } from './lines.ts'
import { isFields } from './fields.ts'
import { MAX_CHOICES, MAX_DOCUMENT } from './limits.ts'
import { oneByOne } from './oneByOne.ts'
import { parseJson, tooManyChoices } from './parse.ts'
import { checkError, errorEvent } from './response.ts'
import type { HttpResponse } from './http/transport.ts'
import type { CompletionChunk } from './types.ts'

/** Chunks that arrived together */
export type ChunkBatch = readonly CompletionChunk[]

export interface Reading {
  url: URL
  apiKey: string | null
  dialect: Dialect
  /** Called after the last chunk, when the HTTP response has not ended yet. */
  onDone: () => void
}

/**
 * The chunks of a response in either form: a stream, or one whole JSON document. A batch has the chunks
 * that arrived together: most of the cost of a chunk would be that of asynchronous iteration.
 *
 * @throws CompletionError `server`, `protocol` or `cut`
 */
export async function* chunkBatches(
  response: HttpResponse,
  reading: Reading,
): AsyncGenerator<ChunkBatch> {
  const { url, apiKey, dialect } = reading
  const { kind, body } = await sniff(response.body)
  switch (kind) {
    case 'events':
      yield* readStream(eventBatches(body), reading)
      return
    case 'json': {
      if (dialect.framing === 'lines') {
        yield* readStream(lineBatches(body), reading)
        return
      }
      const value = parseJson(await readDocument(body))
      checkError(value, url, apiKey)
      yield [dialect.decode(value)]
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

/** The chunks of `chunkBatches`, one by one */
export function readChunks(
  response: HttpResponse,
  reading: Reading,
): AsyncGenerator<CompletionChunk, void, undefined> {
  return oneByOne(chunkBatches(response, reading))
}

async function* readStream(
  batches: AsyncIterable<readonly ServerEvent[]>,
  reading: Reading,
): AsyncGenerator<ChunkBatch> {
  const stream = streamReader(reading)
  try {
    for await (const events of batches) {
      const { chunks, error, isEnd } = stream.read(events)
      if (chunks.length > 0) yield chunks
      if (error !== null) throw error
      // Reading to the end keeps the connection open for the next request; leaving here would close
      // it.
      if (isEnd) reading.onDone()
    }
  } catch (error) {
    // After the last finish_reason only usage can be lost, and after "[DONE]" nothing.
    if (!(stream.isComplete && isLoss(error))) throw error
  }
  stream.end()
}

interface Read {
  chunks: CompletionChunk[]
  /** What is wrong with the event after these chunks */
  error: unknown
  /** Whether these events contain "[DONE]" */
  isEnd: boolean
}

interface StreamReader {
  read(events: readonly ServerEvent[]): Read
  /** Whether nothing is missing: after "[DONE]", or when each choice has its finish_reason */
  readonly isComplete: boolean
  /** @throws CompletionError when something is missing at the end */
  end(): void
}

function streamReader({ url, apiKey, dialect }: Reading): StreamReader {
  const begun = new Set<number>()
  const ended = new Set<number>()
  const isFinished = (): boolean => ended.size > 0 && ended.size === begun.size
  let empty = true
  let done = false

  function readEvent(event: ServerEvent, chunks: CompletionChunk[]): void {
    if (event.event === 'error') throw errorEvent(event.data, url, apiKey)
    const data = event.data.trim()
    if (data === '[DONE]') {
      done = true
      return
    }
    // Some servers send events that contain only a comment or metadata, and llama.cpp (2026-09) begins
    // the response to several prompts with `null`. Neither shows that the model has started.
    if (data === '' || data === 'null') return
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
      chunks.push(chunk)
    }
  }

  return {
    read(events) {
      const chunks: CompletionChunk[] = []
      const wasDone = done
      try {
        for (const event of events) if (!done) readEvent(event, chunks)
      } catch (error) {
        return { chunks, error, isEnd: false }
      }
      return { chunks, error: null, isEnd: done && !wasDone }
    },
    get isComplete() {
      return done || isFinished()
    },
    end() {
      if (empty) throw new CompletionError('protocol', { id: 'notACompletion' })
      // "[DONE]" proves nothing: some servers omit it, others send it after an error.
      if (!isFinished()) throw cut()
    },
  }
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
