import type { TextFilter } from './filter.ts'

/**
 * Takes the prompt away that an answer to `echo` begins with. Some servers ignore `echo`, or write
 * the prompt in another way: then it is not there to be taken away, and all passes.
 */
export function removeEcho(prompt: string): TextFilter {
  let kept = ''
  let over = prompt === ''
  return {
    take(text) {
      if (over) return text
      kept += text
      if (prompt.startsWith(kept) && kept.length < prompt.length) return ''
      over = true
      return kept.startsWith(prompt) ? kept.slice(prompt.length) : kept
    },
    rest() {
      if (over) return ''
      over = true
      // Less than the prompt, and all of it the prompt's: an echo that was cut
      return ''
    },
    ended: false,
  }
}
