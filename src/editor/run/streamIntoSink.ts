import { CompletionError } from '../../completions/errors.ts'
import { generate, type GenerateOptions } from '../../generation/generate.ts'
import type { Fitted } from '../../generation/contextFit.ts'
import type { PromptAndSuffix } from '../../generation/negotiate.ts'
import type { Meter } from '../../usage/meter.ts'
import type { End } from '../../usage/progress.ts'
import type { CompletionSink, SinkStop } from './completionSink.ts'
import { receive, type Received } from './received.ts'

export interface StreamIntoSinkOptions extends Omit<GenerateOptions, 'onChunks'> {
  sink: CompletionSink
  /** The place in the sink */
  index: number
  meter: Meter
  /** Filled with the text of the choices as it arrives */
  received: Received
  /** Called after each batch of chunks */
  onProgress: () => void
}

export interface Streamed {
  end: End
  /** What is sent instead of a context that is too long for the server; `null`: all of it */
  fitted: Fitted | null
}

/**
 * Streams the first choice into one place of a sink. Text that arrived before an error stays.
 *
 * @throws CompletionError
 */
export async function streamIntoSink(
  context: PromptAndSuffix,
  options: StreamIntoSinkOptions,
): Promise<Streamed> {
  const { sink, index, meter, received, onProgress } = options
  const stopped = sink.stopped[index] ?? AbortSignal.abort('closed')
  const signal = AbortSignal.any([options.signal, stopped])
  let end: End = EMPTY
  let fitted: Fitted | null = null
  const onFitted = (found: Fitted): void => {
    fitted = found
    meter.resize(found.characters)
  }
  const onChunks: GenerateOptions['onChunks'] = (chunks) => {
    for (const chunk of chunks) meter.read(chunk)
    onProgress()
  }
  try {
    for await (const pieces of generate(context, { ...options, signal, onChunks, onFitted })) {
      // In one call: the first text that is written is the first edit.
      let text = ''
      for (const piece of pieces) {
        receive(received, piece)
        if (piece.index !== 0) continue
        text += piece.text
        end = piece.end ?? end
      }
      sink.write(index, text)
    }
  } catch (error) {
    if (userEnd(options.signal, stopped) === null) throw error
  } finally {
    await sink.settled()
  }
  if (stopped.reason === 'refused') throw new CompletionError('not_editable', { id: 'readOnly' })
  const isEmpty = meter.cost().firstTokenAfter === null && end.reason === 'stop'
  return {
    end: userEnd(options.signal, stopped) ?? (isEmpty ? EMPTY : end),
    fitted,
  }
}

const EMPTY: End = { by: 'server', reason: 'empty' }

/**
 * How the user ended a run: by cancelling it, or by what the sink reports; `null` when they did not.
 *
 * @param stopped of one place, or of the whole sink
 */
export function userEnd(cancelled: AbortSignal, stopped: AbortSignal): End | null {
  if (stopped.aborted) {
    const reason: SinkStop = stopped.reason
    // A refused edit is an error, not an act of the user.
    return reason === 'refused' ? null : { by: 'user', reason }
  }
  return cancelled.aborted ? { by: 'user', reason: 'cancelled' } : null
}
