import type { Client, RunOptions } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type { CompletionChunk, CompletionRequest, FinishReason } from '../completions/types.ts'
import { pipe, type TextFilter } from '../infill/filter.ts'
import { tokensOf } from '../infill/templates.ts'
import { upTo } from '../infill/upTo.ts'
import { wholeCharacters } from '../infill/wholeCharacters.ts'
import { withoutEcho } from '../infill/withoutEcho.ts'
import type { ServerProfile } from '../servers/profile.ts'
import type { Way } from './way.ts'

/** What goes on with each chunk: the text of the first choice that belongs into the document. */
export interface Piece {
  /** `null` for what was kept back and is given out at the end */
  chunk: CompletionChunk | null
  text: string
  finish_reason: FinishReason | null
}

export interface PiecesOptions {
  connection: { profile: ServerProfile; client: (dialect?: Dialect) => Client }
  settings: { stream: boolean }
  signal: AbortSignal
  /** Told before a request is sent again, which it may be while nothing has come */
  onRetry?: (retry: { delay: number }) => void
}

/** Sends one request and gives out what of its answer is the completion. */
export async function* pieces(
  request: CompletionRequest,
  way: Way,
  { connection, settings, ...run }: PiecesOptions,
): AsyncGenerator<Piece, void, undefined> {
  const client = connection.client(connection.profile.dialects?.[way.way])
  const filter = filterFor(request, way)
  // "best_of: Results cannot be streamed", says the API reference.
  const streams = settings.stream && request.best_of === undefined
  const chunks = streams ? client.createStreaming(request, run) : whole(client, request, run)
  try {
    for await (const chunk of chunks) {
      const choice = chunk.choices.find(({ index }) => index === 0)
      const text = filter.take(choice?.text ?? '')
      if (filter.ended) {
        yield { chunk, text, finish_reason: 'stop' }
        return
      }
      yield { chunk, text, finish_reason: choice?.finish_reason ?? null }
    }
  } catch (error) {
    // What came before the failure is good.
    yield { chunk: null, text: filter.rest(), finish_reason: null }
    throw error
  }
  yield { chunk: null, text: filter.rest(), finish_reason: null }
}

async function* whole(
  client: Client,
  request: CompletionRequest,
  run: RunOptions,
): AsyncGenerator<CompletionChunk> {
  yield await client.create(request, run)
}

/** No echo, no token of the model's, no stop sequence gets through, whatever the server lets pass. */
function filterFor(request: CompletionRequest, { template }: Way): TextFilter {
  const echo = request.echo === true && typeof request.prompt === 'string' ? request.prompt : ''
  const marks = [request.stop ?? [], template === null ? [] : tokensOf(template)].flat()
  return pipe(withoutEcho(echo), upTo(marks), wholeCharacters())
}
