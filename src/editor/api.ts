import { window, type Event } from 'vscode'
import type { RunOptions } from '../completions/client.ts'
import { collect } from '../completions/collect.ts'
import type { Completion, CompletionChunk, CompletionRequest } from '../completions/types.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import type { Cost, End } from '../usage/progress.ts'
import type { GenerateOptions } from '../generation/generate.ts'
import type { Connections } from '../connection/connections.ts'

/** A request as the completions API has it; what it leaves out comes from the user's settings. */
export type ApiRequest = Pick<CompletionRequest, 'prompt'> & Partial<CompletionRequest>

/** What `activate()` returns, for other extensions: the endpoint that the user has set up. */
export interface Api {
  /** One whole completion. @throws CompletionError; the signal's reason when it was aborted */
  create(request: ApiRequest, options?: RunOptions): Promise<Completion>
  /** The chunks as they come. Leaving the loop ends the request. @throws CompletionError */
  createStreaming(
    request: ApiRequest,
    options?: RunOptions,
  ): AsyncGenerator<CompletionChunk, void, undefined>
  /** After each completion in an editor: why it ended and what it cost, and no word of its text */
  readonly onDidComplete: Event<Completed>
}

export interface Completed {
  end: End
  cost: Cost
}

export interface ApiOptions extends Pick<GenerateOptions, 'capabilities' | 'notice'> {
  connections: Connections
  onDidComplete: Event<Completed>
}

export function createApi({ connections, capabilities, notice, onDidComplete }: ApiOptions): Api {
  async function* chunks(
    { prompt, suffix = '', ...fields }: ApiRequest,
    stream: boolean,
    { signal = new AbortController().signal }: RunOptions = {},
  ): AsyncGenerator<CompletionChunk, void, undefined> {
    const { ask } = await import('../generation/generate.ts')
    const settings = { ...readSettings(window.activeTextEditor?.document), stream }
    const connection = await connections.connect(settings, signal)
    // Only for one text is there a way round a server that does not take a suffix.
    const context = typeof prompt === 'string' ? { prompt, suffix } : { prompt: '', suffix }
    const own = typeof prompt === 'string' ? fields : { ...fields, prompt }
    const options = { connection, settings, capabilities, notice, signal, fields: own }
    for await (const { chunk } of ask(context, options)) if (chunk !== null) yield chunk
  }

  return {
    onDidComplete,
    createStreaming: (request, options) => chunks(request, true, options),
    async create(request, options) {
      const whole = await collect(chunks(request, false, options))
      options?.signal?.throwIfAborted()
      return whole
    },
  }
}
