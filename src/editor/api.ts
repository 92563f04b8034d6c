import type { Event } from 'vscode'
import type { RunOptions } from '../completions/client.ts'
import type { CompletionError } from '../completions/errors.ts'
import type { Completion, CompletionChunk, CompletionRequest } from '../completions/types.ts'
import type { Connections } from '../connection/connections.ts'
import type { NegotiateOptions } from '../generation/negotiate.ts'
import type { UsageRecords } from './run/usage.ts'
import type { Cost, End } from '../usage/progress.ts'

/** A request of the completions API. Fields that it omits come from the user's settings. */
export type ApiRequest = Pick<CompletionRequest, 'prompt'> & Partial<CompletionRequest>

/** What `activate()` returns, for other extensions: the configured endpoint. */
export interface Api {
  /** One whole completion. @throws CompletionError; the signal's reason when it was aborted */
  create(request: ApiRequest, options?: RunOptions): Promise<Completion>
  /**
   * The chunks as the server sends them. Leaving the loop cancels the request.
   *
   * @throws CompletionError
   */
  createStreaming(
    request: ApiRequest,
    options?: RunOptions,
  ): AsyncGenerator<CompletionChunk, void, undefined>
  /** Fired after each completion in an editor, without its text */
  readonly onDidComplete: Event<Completed>
}

export interface Completed {
  /** Why it ended: `stop`, `length`, `empty`, `overlapped`, `cancelled` … */
  end: End['reason']
  cost: Cost
}

export interface ApiOptions extends Pick<NegotiateOptions, 'capabilities' | 'notice'> {
  connections: Connections
  usage: () => Promise<Pick<UsageRecords, 'accounting'>>
  /** Puts an error into words, in English. */
  describe: (error: CompletionError) => Promise<string>
}

export function createApi(services: ApiOptions): Pick<Api, 'create' | 'createStreaming'> {
  async function* chunks(
    request: ApiRequest,
    stream: boolean,
    options: RunOptions = {},
  ): AsyncGenerator<CompletionChunk, void, undefined> {
    const { apiChunks } = await import('./apiChunks.ts')
    yield* apiChunks(request, stream, options, services)
  }

  return {
    createStreaming: (request, options) => chunks(request, true, options),
    async create(request, options) {
      const { collect } = await import('../completions/collect.ts')
      const whole = await collect(chunks(request, false, options))
      options?.signal?.throwIfAborted()
      return whole
    },
  }
}
