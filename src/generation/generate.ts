import type { ChunkBatch } from '../completions/chunks.ts'
import { oneByOne } from '../completions/oneByOne.ts'
import type { CompletionChunk, CompletionRequest } from '../completions/types.ts'
import { dialectOf } from '../servers/dialectOf.ts'
import { isStreamed } from '../servers/request.ts'
import { choicePieces, type Piece } from './choices.ts'
import {
  learnRefused,
  negotiated,
  type NegotiateOptions,
  type PromptAndSuffix,
} from './negotiate.ts'
import type { OutputFilterOptions } from './outputFilter.ts'
import type { SuffixStrategy } from './suffixStrategy.ts'

/** How the responses of one generation are received. */
export interface ReceiveOptions extends NegotiateOptions {
  /** Called before a request is sent again; `delay` in ms */
  onRetry?: (retry: { delay: number }) => void
}

export interface GenerateOptions extends ReceiveOptions, OutputFilterOptions {
  /** Called with the chunks as the server sent them, before they are filtered */
  onChunks?: (chunks: ChunkBatch) => void
  /** Called before each attempt with the way in which it sends the suffix */
  onStrategy?: (strategy: SuffixStrategy) => void
}

/**
 * One generation: sends prompt and suffix in the best way that the server supports, and yields the
 * filtered text of each choice, in batches of what arrived together.
 *
 * @throws CompletionError
 */
export async function* generate(
  context: PromptAndSuffix,
  options: GenerateOptions,
): AsyncGenerator<readonly Piece[], void, undefined> {
  async function* attempt(
    request: CompletionRequest,
    strategy: SuffixStrategy,
  ): AsyncGenerator<readonly Piece[], void, undefined> {
    options.onStrategy?.(strategy)
    const batches = observed(receive(request, strategy, options), options.onChunks)
    const onRemovedBidirectional = (): void => options.notice({ id: 'bidirectionalRemoved' })
    let returned = 0
    const onEnd = (choices: number): void => {
      returned = choices
    }
    const own = { ...options, onRemovedBidirectional, onEnd }
    yield* choicePieces(batches, request, strategy, own)
    // Some servers ignore `n`.
    if (returned === 1 && (request.n ?? 1) > 1) await learnRefused('n', options)
  }
  yield* negotiated(context, options, attempt, (pieces) => pieces.some(({ text }) => text !== ''))
}

/**
 * The chunks of one generation as the server sent them, for callers that want the API itself.
 *
 * @throws CompletionError
 */
export async function* streamRaw(
  context: PromptAndSuffix,
  options: ReceiveOptions,
): AsyncGenerator<CompletionChunk, void, undefined> {
  const batches = negotiated(
    context,
    { ...options, isExact: true },
    (request, strategy) => receive(request, strategy, options),
    (batch) => batch.some(({ choices }) => choices.some(({ text }) => text !== '')),
  )
  yield* oneByOne(batches, options.signal)
}

async function* receive(
  request: CompletionRequest,
  { mode }: SuffixStrategy,
  { connection, settings, signal, onRetry }: ReceiveOptions,
): AsyncGenerator<ChunkBatch, void, undefined> {
  const client = connection.client(dialectOf(connection.profile, mode))
  const run = { signal, ...(onRetry && { onRetry }) }
  if (isStreamed(settings, request)) yield* client.createBatches(request, run)
  else yield [await client.create(request, run)]
}

async function* observed(
  batches: AsyncIterable<ChunkBatch>,
  onChunks: GenerateOptions['onChunks'],
): AsyncGenerator<ChunkBatch, void, undefined> {
  for await (const batch of batches) {
    onChunks?.(batch)
    yield batch
  }
}
