import type { Filter } from './filter.ts'
import { segmentBuffer } from './segment.ts'

/**
 * Ends the text before the first of some sequences: the request's stop sequences, and tokens of the
 * model that a server did not remove. What may be the beginning of one is held back, and no more. Of
 * overlapping sequences the one that is complete first counts.
 *
 * ```
 *   sequences: <EOT>      push('a <E') → 'a '      push('lse') → '<Else'
 *                         push('a <E') → 'a '      push('OT> b') → '', done
 * ```
 */
export function stopAt(sequences: readonly string[]): Filter {
  const wanted = sequences.filter((sequence) => sequence !== '')
  const held = segmentBuffer()
  let done = false
  return {
    push(segments) {
      if (done) return []
      if (wanted.length === 0) return [...segments]
      held.append(segments)
      const { text } = held
      const found = firstOf(text, wanted)
      if (found === null) return held.take(text.length - longestBeginning(text, wanted))
      done = true
      const passed = held.take(found)
      held.clear()
      return passed
    },
    flush: () => held.take(held.text.length),
    get done() {
      return done
    },
  }
}

/** Where the sequence starts that is complete first; of several, the longest */
function firstOf(text: string, sequences: readonly string[]): number | null {
  let found: { start: number; end: number } | null = null
  for (const sequence of sequences) {
    const start = text.indexOf(sequence)
    if (start === -1) continue
    const end = start + sequence.length
    if (found === null || end < found.end || (end === found.end && start < found.start)) {
      found = { start, end }
    }
  }
  return found?.start ?? null
}

/** The length of the longest end of the text that is the beginning of a sequence */
function longestBeginning(text: string, sequences: readonly string[]): number {
  let longest = 0
  for (const sequence of sequences) {
    const first = sequence.charAt(0)
    // From the earliest place on: the first that fits is the longest.
    let at = text.indexOf(first, Math.max(0, text.length - sequence.length + 1))
    while (at !== -1 && text.length - at > longest) {
      if (sequence.startsWith(text.slice(at))) longest = text.length - at
      at = text.indexOf(first, at + 1)
    }
  }
  return longest
}
