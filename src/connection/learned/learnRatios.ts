import type { Client, RunOptions } from '../../completions/client.ts'
import type { ChunkBatch } from '../../completions/chunks.ts'
import { oneByOne } from '../../completions/oneByOne.ts'
import type { CompletionRequest, Usage } from '../../completions/types.ts'
import type { TokenRatios } from './tokenRatios.ts'
import type { Connections } from '../connections.ts'

/** Wraps connections to measure characters per token from the usage of each response. */
export function learningRatios(connections: Connections, ratios: TokenRatios): Connections {
  return {
    async connect(settings, signal) {
      const connection = await connections.connect(settings, signal)
      return {
        ...connection,
        client: (dialect, own) =>
          watched(connection.client(dialect, own), (request, { prompt_tokens }) => {
            const characters = lengthOf(request)
            if (characters === null || (request.model ?? '') !== connection.model) return
            void ratios.learn(settings, { characters, promptTokens: prompt_tokens })
          }),
      }
    },
  }
}

/** A client that reports the usage of each request. */
function watched(
  client: Client,
  onUsage: (request: CompletionRequest, usage: Usage) => void,
): Client {
  async function* createBatches(
    request: CompletionRequest,
    options?: RunOptions,
  ): AsyncGenerator<ChunkBatch, void, undefined> {
    let usage: Usage | null = null
    try {
      for await (const batch of client.createBatches(request, options)) {
        usage = batch.findLast((chunk) => chunk.usage !== null)?.usage ?? usage
        yield batch
      }
    } finally {
      // Also when the reader left early: the prompt's usage is valid.
      if (usage !== null) onUsage(request, usage)
    }
  }
  return {
    createBatches,
    createStreaming: (request, options) =>
      oneByOne(createBatches(request, options), options?.signal),
    async create(request, options) {
      const completion = await client.create(request, options)
      if (completion.usage !== null) onUsage(request, completion.usage)
      return completion
    },
  }
}

/**
 * `null` if the figures are not comparable: token ids instead of text, or a prompt that counts
 * several times.
 */
function lengthOf({ prompt, suffix, n, best_of }: CompletionRequest): number | null {
  const many = (n ?? 1) > 1 || (best_of ?? 1) > 1
  return typeof prompt !== 'string' || many ? null : prompt.length + (suffix ?? '').length
}
