import type { TextFilter } from './filter.ts'

/**
 * Lets text pass up to the first of some marks: stop sequences, and tokens that a model leaks. They
 * never get through, however they are split; what may yet become one is kept back, and no more.
 *
 * ```
 *   marks: <EOT>      take('a <E') → 'a '      take('lse') → '<Else'
 *                     take('a <E') → 'a '      take('OT> b') → '', ended
 * ```
 */
export function stopAt(marks: readonly string[]): TextFilter {
  const wanted = marks.filter((mark) => mark !== '')
  let kept = ''
  let ended = false
  return {
    take(text) {
      if (ended) return ''
      const all = kept + text
      const found = firstOf(all, wanted)
      if (found !== -1) {
        ended = true
        kept = ''
        return all.slice(0, found)
      }
      const safe = all.length - longestBeginning(all, wanted)
      kept = all.slice(safe)
      return all.slice(0, safe)
    },
    rest() {
      const all = kept
      kept = ''
      return all
    },
    get ended() {
      return ended
    },
  }
}

function firstOf(text: string, marks: readonly string[]): number {
  const places = marks.map((mark) => text.indexOf(mark)).filter((place) => place !== -1)
  return places.length === 0 ? -1 : Math.min(...places)
}

/** How much of the text's end is the beginning of a mark. */
function longestBeginning(text: string, marks: readonly string[]): number {
  const lengths = marks.map((mark) => {
    for (let length = Math.min(mark.length - 1, text.length); length > 0; length--) {
      if (text.endsWith(mark.slice(0, length))) return length
    }
    return 0
  })
  return Math.max(0, ...lengths)
}
