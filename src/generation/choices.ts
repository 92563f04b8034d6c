import type { Client, RunOptions } from '../completions/client.ts'
import type { Dialect } from '../completions/dialect.ts'
import type {
  Choice,
  CompletionChunk,
  CompletionRequest,
  FinishReason,
} from '../completions/types.ts'
import type { ServerProfile } from '../servers/profile.ts'
import { isStreamed } from '../servers/request.ts'
import { outputFilterFor, type OutputFilterOptions } from './outputFilter.ts'
import type { SuffixStrategy } from './suffixStrategy.ts'

/** What goes on with each chunk: text of one choice that belongs into the document. */
export interface Piece {
  /** `null` for what was kept back, and for the second choice of a chunk: each chunk is told once. */
  chunk: CompletionChunk | null
  /** Of the choice; 0 is the one that is inserted, the others are its alternatives. */
  index: number
  text: string
  finish_reason: FinishReason | null
}

export interface ChoicesOptions extends OutputFilterOptions {
  connection: { profile: ServerProfile; client: (dialect?: Dialect) => Client }
  settings: { stream: boolean }
  signal: AbortSignal
  /** Told before a request is sent again, which it may be while nothing has come */
  onRetry?: (retry: { delay: number }) => void
}

/** Sends one request and gives out what of its answer is the completion, choice by choice. */
export async function* choicePieces(
  request: CompletionRequest,
  strategy: SuffixStrategy,
  { connection, settings, ...options }: ChoicesOptions,
): AsyncGenerator<Piece, void, undefined> {
  const client = connection.client(connection.profile.dialects?.[strategy.mode])
  const streams = new Map<number, ChoiceStream>()
  const wanted = request.n ?? 1
  // The one that is inserted is told of even when nothing of it has come.
  const choiceStreamOf = (index: number): ChoiceStream => {
    const choice = streams.get(index) ?? choiceStreamFor(index, request, strategy, options)
    streams.set(index, choice)
    return choice
  }
  choiceStreamOf(0)
  const rest = (): Piece[] =>
    [...streams.values()].filter(({ ended }) => !ended).map((choice) => choice.rest())
  const chunks = isStreamed(settings, request)
    ? client.createStreaming(request, options)
    : whole(client, request, options)
  try {
    for await (const chunk of chunks) {
      const [first, ...others] = chunk.choices.filter(({ index }) => !choiceStreamOf(index).ended)
      yield first === undefined
        ? { chunk, index: 0, text: '', finish_reason: null }
        : { ...choiceStreamOf(first.index).take(first), chunk }
      for (const choice of others) yield choiceStreamOf(choice.index).take(choice)
      // What else would come is not wanted, of any of them.
      const ended = [...streams.values()].filter((choice) => choice.ended)
      if (ended.length > 0 && ended.length >= Math.max(wanted, streams.size)) return
    }
  } catch (error) {
    // What came before the failure is good.
    yield* rest()
    throw error
  }
  yield* rest()
}

async function* whole(
  client: Client,
  request: CompletionRequest,
  run: RunOptions,
): AsyncGenerator<CompletionChunk> {
  yield await client.create(request, run)
}

/** One choice on its way, through filters of its own */
interface ChoiceStream {
  /** Whether its text was over before the server's was */
  readonly ended: boolean
  take(choice: Choice): Piece
  /** What was kept back */
  rest(): Piece
}

function choiceStreamFor(
  index: number,
  request: CompletionRequest,
  strategy: SuffixStrategy,
  options: OutputFilterOptions,
): ChoiceStream {
  const { filter, reason } = outputFilterFor(request, strategy, options)
  let isEmpty = true
  const given = (text: string, finish: FinishReason | null): Piece => {
    isEmpty &&= text === ''
    return { chunk: null, index, text, finish_reason: reason(isEmpty) ?? finish }
  }
  return {
    take(choice) {
      const text = filter.take(choice.text)
      // The filters after the one that ended it may have kept something back.
      return filter.ended ? given(text + filter.rest(), 'stop') : given(text, choice.finish_reason)
    },
    rest: () => given(filter.rest(), null),
    get ended() {
      return filter.ended
    },
  }
}
