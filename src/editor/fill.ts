import type { Meter } from '../usage/meter.ts'
import type { End } from '../usage/progress.ts'
import { ask, type AskOptions } from './ask.ts'
import type { Insertion, Stopped } from './insertion.ts'
import { readOnly } from './writable.ts'

export interface FillOptions extends AskOptions {
  insertion: Insertion
  /** Which of its places */
  index: number
  meter: Meter
  /** Called with each piece that came. */
  onPiece: () => void
}

/**
 * Brings one answer to one place, and returns why it ended. What came before an error stays.
 *
 * @throws CompletionError
 */
export async function fill(
  window: { prompt: string; suffix: string },
  options: FillOptions,
): Promise<End> {
  const { insertion, index, meter, onPiece } = options
  const stopped = insertion.stopped[index] ?? AbortSignal.abort('closed')
  const signal = AbortSignal.any([options.signal, stopped])
  let end: End = 'empty'
  try {
    for await (const { chunk, text, finish_reason } of ask(window, { ...options, signal })) {
      if (chunk !== null) meter.read(chunk)
      insertion.write(index, text)
      end = finish_reason ?? end
      onPiece()
    }
  } catch (error) {
    if (whyStopped(options.signal, stopped) === null) throw error
  } finally {
    await insertion.settled()
  }
  if (stopped.reason === 'refused') throw readOnly()
  const why = whyStopped(options.signal, stopped)
  return why ?? (meter.cost().firstTokenAfter === null ? 'empty' : end)
}

/** Why a place or all of them were stopped by somebody, or `null` when they were not. */
export function whyStopped(caller: AbortSignal, stopped: AbortSignal): End | null {
  if (stopped.aborted) {
    const why: Stopped = stopped.reason
    // That one is not the user's doing but a failure.
    return why === 'refused' ? null : why
  }
  return caller.aborted ? 'cancelled' : null
}
