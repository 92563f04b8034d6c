import type { ChunkBatch } from '../completions/chunks.ts'
import type { Choice, CompletionRequest } from '../completions/types.ts'
import { textOf, type Segment } from '../infill/filters/segment.ts'
import type { End } from '../usage/progress.ts'
import { byteJoiner } from './byteTokens.ts'
import { segmentsOf } from './choiceSegments.ts'
import { outputFilterFor, type OutputFilter, type OutputFilterOptions } from './outputFilter.ts'
import type { SuffixStrategy } from './suffixStrategy.ts'

/** A piece of filtered output: text of one choice that belongs in the document. */
export interface Piece {
  /** Of the choice: 0 is inserted, the others are its alternatives. */
  index: number
  /** LF only */
  text: string
  /** The same text with the tokens it came from */
  segments: readonly Segment[]
  /** Why the choice ended; `null` while it continues */
  end: End | null
}

export interface ChoiceOptions extends OutputFilterOptions {
  /** Called when the response ends by itself, with the number of its choices */
  onEnd?: ((choices: number) => void) | undefined
  /** Called once when bidirectional controls were removed from a choice */
  onRemovedBidirectional?: (() => void) | undefined
}

/**
 * Filters the chunks of one response, choice by choice, into one batch of pieces for each batch of
 * chunks. Stops reading when filters have ended all choices.
 *
 * @throws CompletionError of the chunks, after the text that was held back
 */
export async function* choicePieces(
  batches: AsyncIterable<ChunkBatch>,
  request: CompletionRequest,
  { template, mode }: SuffixStrategy,
  options: ChoiceOptions,
): AsyncGenerator<readonly Piece[], void, undefined> {
  const streams = new Map<number, ChoiceStream>()
  const wanted = request.n ?? 1
  const filterOptions = { ...options, isChat: mode === 'chat' }
  const streamOf = (index: number): ChoiceStream => {
    const stream =
      streams.get(index) ?? choiceStream(index, outputFilterFor(request, template, filterOptions))
    streams.set(index, stream)
    return stream
  }
  // There is a piece of the first choice even when the server sends none.
  streamOf(0)
  const flush = (): Piece[] =>
    [...streams.values()].filter(({ done }) => !done).map((stream) => stream.flush())
  let isReported = false
  const reportRemoved = (stream: ChoiceStream): void => {
    if (isReported || !stream.removedBidirectional) return
    isReported = true
    options.onRemovedBidirectional?.()
  }
  const isOver = (): boolean => {
    for (const { done } of streams.values()) if (!done) return false
    return streams.size >= wanted
  }
  try {
    for await (const batch of batches) {
      const pieces: Piece[] = []
      for (const { choices } of batch) {
        for (const choice of choices) {
          const stream = streamOf(choice.index)
          if (!stream.done) pieces.push(stream.push(choice))
          reportRemoved(stream)
        }
        if (isOver()) break
      }
      if (pieces.length > 0) yield pieces
      if (isOver()) return
    }
  } catch (error) {
    // The text before the failure is kept.
    yield flush()
    throw error
  }
  options.onEnd?.(streams.size)
  yield flush()
}

/** One choice of a response, with a filter of its own. */
interface ChoiceStream {
  /** Whether its filter has ended it */
  readonly done: boolean
  /** Whether bidirectional controls were removed from it */
  readonly removedBidirectional: boolean
  push(choice: Choice): Piece
  /** What was held back */
  flush(): Piece
}

/** Repetitions of shorter texts are tokens, such as `))`. In UTF-16 units */
const SHORT = 4
/** Longer texts are not compared. */
const LONG = 1_000_000

function choiceStream(index: number, filter: OutputFilter): ChoiceStream {
  /** In UTF-16 units of the choice's text */
  let offset = 0
  let isEmpty = true
  const joinBytes = byteJoiner()
  /** The text so far, as long as it may be repeated, and the number of its pieces */
  let whole = ''
  let pieces = 0

  /** Some servers repeat the whole text in the chunk with the finish_reason. */
  function isRepeated({ text, finish_reason }: Choice): boolean {
    if (finish_reason === null || pieces < 2 || text !== whole) return false
    return text.length >= SHORT && new Set(text).size > 1
  }

  function piece(segments: readonly Segment[], finishReason: string | null): Piece {
    const text = textOf(segments)
    isEmpty &&= text === ''
    return { index, text, segments, end: endOf(filter, isEmpty, finishReason) }
  }

  return {
    push(choice) {
      if (isRepeated(choice)) return piece([], choice.finish_reason)
      if (choice.text !== '' && whole.length <= LONG) {
        whole += choice.text
        pieces++
      }
      const logprobs = choice.logprobs && joinBytes(choice.logprobs)
      const segments = filter.push(segmentsOf({ text: choice.text, logprobs }, offset))
      offset += choice.text.length
      return piece(segments, choice.finish_reason)
    },
    flush() {
      const rest = piece(filter.flush(), null)
      // The server's own reason stands when only the end of the text was in the document already.
      return filter.reason === 'overlap' && !isEmpty ? { ...rest, end: null } : rest
    },
    get done() {
      return filter.done
    },
    get removedBidirectional() {
      return filter.removedBidirectional > 0
    },
  }
}

function endOf(
  { reason }: OutputFilter,
  isEmpty: boolean,
  finishReason: string | null,
): End | null {
  switch (reason) {
    case null:
      return finishReason === null ? null : { by: 'server', reason: finishReason }
    case 'repetition':
      return { by: 'filter', reason: 'repeating' }
    case 'blockEnd':
      return { by: 'filter', reason: isEmpty ? 'overlapped' : 'blockEnd' }
    case 'overlap':
      return isEmpty ? { by: 'filter', reason: 'overlapped' } : STOP
    case 'stop':
    case 'singleLine':
      return STOP
  }
}

/** As the server's own reason for a stop sequence */
const STOP: End = { by: 'server', reason: 'stop' }
