import type { Meter } from '../../usage/meter.ts'
import type { End } from '../../usage/progress.ts'
import { ask, type GenerateOptions } from '../../generation/generate.ts'
import type { Insertion, Stopped } from '../insertion/insertion.ts'
import { readOnly } from '../document/writable.ts'

export interface StreamOptions_ extends GenerateOptions {
  insertion: Insertion
  /** Which of its places */
  index: number
  meter: Meter
  /** Called with each piece that came. */
  onPiece: () => void
}

export interface Streamed {
  end: End
  /** The other choices of the answer, as far as they have come */
  alternatives: string[]
}

/**
 * Brings one answer to one place: the first choice of it, as it comes. What came before an error
 * stays.
 *
 * @throws CompletionError
 */
export async function streamIntoDocument(
  window: { prompt: string; suffix: string },
  options: StreamOptions_,
): Promise<Streamed> {
  const { insertion, index, meter, onPiece } = options
  const stopped = insertion.stopped[index] ?? AbortSignal.abort('closed')
  const signal = AbortSignal.any([options.signal, stopped])
  let end: End = 'empty'
  const others = new Map<number, string>()
  try {
    for await (const piece of ask(window, { ...options, signal })) {
      const { chunk, index: choice, text, finish_reason } = piece
      if (chunk !== null) meter.read(chunk)
      if (choice === 0) {
        insertion.write(index, text)
        end = finish_reason ?? end
      } else others.set(choice, (others.get(choice) ?? '') + text)
      onPiece()
    }
  } catch (error) {
    if (stopReason(options.signal, stopped) === null) throw error
  } finally {
    await insertion.settled()
  }
  if (stopped.reason === 'refused') throw readOnly()
  const why = stopReason(options.signal, stopped)
  return {
    end: why ?? (meter.cost().firstTokenAfter === null ? 'empty' : end),
    alternatives: [...others.values()].filter((text) => text !== ''),
  }
}

/** Why a place or all of them were stopped by somebody, or `null` when they were not. */
export function stopReason(caller: AbortSignal, stopped: AbortSignal): End | null {
  if (stopped.aborted) {
    const why: Stopped = stopped.reason
    // That one is not the user's doing but a failure.
    return why === 'refused' ? null : why
  }
  return caller.aborted ? 'cancelled' : null
}
