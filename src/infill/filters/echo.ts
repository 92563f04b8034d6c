import type { Filter } from './filter.ts'
import { segmentBuffer } from './segment.ts'

/**
 * Removes the prompt from the beginning of a response to a request with `echo`. Servers that ignore
 * `echo` or change the prompt do not return it verbatim: then all text passes.
 */
export function removeEcho(prompt: string): Filter {
  const held = segmentBuffer()
  let phase: 'comparing' | 'passing' = prompt === '' ? 'passing' : 'comparing'
  /** How many units of `held` are known to be the prompt's */
  let matched = 0
  return {
    push(segments) {
      if (phase === 'passing') return [...segments]
      held.append(segments)
      const { text } = held
      while (matched < Math.min(text.length, prompt.length) && text[matched] === prompt[matched]) {
        matched++
      }
      if (matched === text.length && matched < prompt.length) return []
      phase = 'passing'
      if (matched === prompt.length) held.drop(matched)
      return held.take(held.text.length)
    },
    flush() {
      // Text that is still compared is the beginning of the prompt: an echo that was cut.
      held.clear()
      return []
    },
    done: false,
  }
}
