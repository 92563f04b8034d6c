import { window, type Event } from 'vscode'
import type { RunOptions } from '../completions/client.ts'
import { CompletionError } from '../completions/errors.ts'
import type { Completion, CompletionChunk, CompletionRequest } from '../completions/types.ts'
import type { Connections } from '../connection/connections.ts'
import type { NegotiateOptions } from '../generation/negotiate.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
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
  /** Puts an error into words, in English. */
  describe: (error: CompletionError) => Promise<string>
}

export function createApi({
  connections,
  capabilities,
  notice,
  describe,
}: ApiOptions): Pick<Api, 'create' | 'createStreaming'> {
  async function* chunks(
    { prompt, suffix = '', ...fields }: ApiRequest,
    stream: boolean,
    { signal = new AbortController().signal }: RunOptions = {},
  ): AsyncGenerator<CompletionChunk, void, undefined> {
    try {
      const { streamRaw } = await import('../generation/generate.ts')
      const settings = { ...readSettings(window.activeTextEditor?.document), stream }
      const connection = await connections.connect(settings, signal)
      // A server without suffixes can be given one only together with a single prompt of text.
      const context = typeof prompt === 'string' ? { prompt, suffix } : { prompt: '', suffix }
      const own = typeof prompt === 'string' ? fields : { ...fields, prompt }
      const options = { connection, settings, capabilities, notice, signal, fields: own }
      yield* streamRaw(context, options)
    } catch (error) {
      // Other extensions may show the message; inside Infill it is technical.
      if (error instanceof CompletionError) error.message = await describe(error)
      throw error
    }
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
