import { CompletionError } from '../completions/errors.ts'
import type { CompletionChunk } from '../completions/types.ts'
import type { Accounting, EndedRun, UsageSettings } from './accounting.ts'
import { createMeter } from './meter.ts'

export interface AccountedOptions extends Pick<EndedRun, 'endpoint' | 'model'> {
  accounting: Pick<Accounting, 'record'>
  settings: UsageSettings
  /** Length of prompt and suffix in characters */
  sent: number
}

/** The same chunks of one request, which is recorded when it has ended or the reader has left. */
export async function* accountedChunks(
  chunks: AsyncIterable<CompletionChunk>,
  { accounting, settings, sent, ...origin }: AccountedOptions,
): AsyncGenerator<CompletionChunk, void, undefined> {
  const meter = createMeter(sent)
  let outcome: EndedRun['outcome'] = 'cancelled'
  let end = 'cancelled'
  try {
    for await (const chunk of chunks) {
      meter.read(chunk)
      end = chunk.choices.find(({ finish_reason }) => finish_reason !== null)?.finish_reason ?? end
      yield chunk
    }
    outcome = 'finished'
  } catch (error) {
    outcome = 'failed'
    end = error instanceof CompletionError ? error.kind : 'internal'
    throw error
  } finally {
    const cost = meter.cost()
    const isFree = outcome === 'failed' && cost.estimated && cost.firstTokenAfter === null
    accounting.record(
      {
        ...origin,
        language: '',
        outcome,
        end,
        cost: isFree ? { ...cost, prompt_tokens: 0 } : cost,
        inserted: 0,
      },
      settings,
    )
  }
}
