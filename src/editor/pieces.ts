import type { Client, RunOptions } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type { CompletionChunk, CompletionRequest, FinishReason } from '../completions/types.ts'
import { pipe, type TextFilter } from '../infill/filter.ts'
import { indentation } from '../infill/indentation.ts'
import { oneLine } from '../infill/oneLine.ts'
import { repetition } from '../infill/repetition.ts'
import { tokensOf } from '../infill/templates.ts'
import { untilSuffix } from '../infill/untilSuffix.ts'
import { upTo } from '../infill/upTo.ts'
import { wholeCharacters } from '../infill/wholeCharacters.ts'
import { withoutEcho } from '../infill/withoutEcho.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { isStreamed } from '../servers/request.ts'
import type { Surroundings } from './surroundings.ts'
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
  /** Where the text goes; without it, the text is as the model has written it. */
  surroundings?: Surroundings | undefined
  /** Whether the text is over at the end of its line */
  oneLine?: boolean | undefined
}

/** Sends one request and gives out what of its answer is the completion. */
export async function* pieces(
  request: CompletionRequest,
  way: Way,
  { connection, settings, ...options }: PiecesOptions,
): AsyncGenerator<Piece, void, undefined> {
  const client = connection.client(connection.profile.dialects?.[way.way])
  const { filter, reason } = filterFor(request, way, options)
  let isEmpty = true
  const given = (
    chunk: CompletionChunk | null,
    text: string,
    finish: FinishReason | null,
  ): Piece => {
    isEmpty &&= text === ''
    return { chunk, text, finish_reason: reason(isEmpty) ?? finish }
  }
  const chunks = isStreamed(settings, request)
    ? client.createStreaming(request, options)
    : whole(client, request, options)
  try {
    for await (const chunk of chunks) {
      const choice = chunk.choices.find(({ index }) => index === 0)
      const text = filter.take(choice?.text ?? '')
      if (filter.ended) {
        // The filters after the one that ended it may have kept something back.
        yield given(chunk, text + filter.rest(), 'stop')
        return
      }
      yield given(chunk, text, choice?.finish_reason ?? null)
    }
  } catch (error) {
    // What came before the failure is good.
    yield given(null, filter.rest(), null)
    throw error
  }
  yield given(null, filter.rest(), null)
}

async function* whole(
  client: Client,
  request: CompletionRequest,
  run: RunOptions,
): AsyncGenerator<CompletionChunk> {
  yield await client.create(request, run)
}

interface Fitting {
  filter: TextFilter
  /** Why the text is over, where that is neither the model's doing nor a stop sequence */
  reason: (isEmpty: boolean) => FinishReason | null
}

/**
 * No echo, no token of the model's, no stop sequence gets through, whatever the server lets pass, and
 * nothing that the document has already.
 *
 * What is left of the answer is made whole first. It is indented as the document is before it is
 * compared with it; what goes round and round is looked for in what would be inserted.
 */
function filterFor(
  request: CompletionRequest,
  { template }: Way,
  { surroundings, oneLine: isOneLine = false }: Pick<PiecesOptions, 'surroundings' | 'oneLine'>,
): Fitting {
  const echo = request.echo === true && typeof request.prompt === 'string' ? request.prompt : ''
  const marks = [request.stop ?? [], template === null ? [] : tokensOf(template)].flat()
  const plain = pipe(withoutEcho(echo), upTo(marks), wholeCharacters(textOf(request)))
  if (surroundings === undefined) return { filter: plain, reason: () => null }
  const overlap = untilSuffix(surroundings.linePrefix, surroundings.suffix)
  const repeats = repetition()
  return {
    filter: pipe(
      plain,
      indentation(surroundings),
      overlap,
      repeats,
      ...(isOneLine ? [oneLine()] : []),
    ),
    reason(isEmpty) {
      if (repeats.ended) return 'repeating'
      return overlap.ended && isEmpty ? 'overlapped' : null
    },
  }
}

/** What the document has around the place, as far as it is sent */
function textOf({ prompt, suffix }: CompletionRequest): string {
  return `${typeof prompt === 'string' ? prompt : ''}\n${suffix ?? ''}`
}
