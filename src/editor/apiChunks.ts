import { window } from 'vscode'
import type { RunOptions } from '../completions/client.ts'
import { CompletionError } from '../completions/errors.ts'
import type { CompletionChunk } from '../completions/types.ts'
import { streamRaw } from '../generation/generate.ts'
import { endpointLabel } from '../settings/endpointLabel.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { accountedChunks } from '../usage/accountedChunks.ts'
import type { ApiOptions, ApiRequest } from './api.ts'

/** The chunks of one request of another extension. @throws CompletionError */
export async function* apiChunks(
  { prompt, suffix = '', ...fields }: ApiRequest,
  stream: boolean,
  { signal = new AbortController().signal }: RunOptions,
  {
    connections,
    capabilities,
    notice,
    usage,
    describe,
  }: Pick<ApiOptions, 'connections' | 'capabilities' | 'notice' | 'usage' | 'describe'>,
): AsyncGenerator<CompletionChunk, void, undefined> {
  try {
    const settings = { ...readSettings(window.activeTextEditor?.document), stream }
    const { accounting } = await usage()
    const connection = await connections.connect(settings, signal)
    const model = fields.model ?? connection.model
    await accounting.check(settings, model)
    // A server without suffixes can be given one only together with a single prompt of text.
    const context = typeof prompt === 'string' ? { prompt, suffix } : { prompt: '', suffix }
    const own = typeof prompt === 'string' ? fields : { ...fields, prompt }
    const options = { connection, settings, capabilities, notice, signal, fields: own }
    const endpoint = endpointLabel(settings.endpoint)
    const sent = JSON.stringify(prompt).length + suffix.length
    const account = { accounting, settings, endpoint, model, sent }
    yield* accountedChunks(streamRaw(context, options), account)
  } catch (error) {
    // Other extensions may show the message; inside Infill it is technical.
    if (error instanceof CompletionError) error.message = await describe(error)
    throw error
  }
}
