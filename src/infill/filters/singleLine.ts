import type { TextFilter } from './filter.ts'

/**
 * Lets one line pass: up to the first line end after something that is not blank. What comes before
 * that, a line end too, is the beginning of the line.
 *
 * ```
 *   take('\n  foo')  →  '\n  foo'        take('()\nbar')  →  '()', ended
 * ```
 */
export function singleLine(): TextFilter {
  let begun = false
  let ended = false
  return {
    take(text) {
      if (ended) return ''
      const from = begun ? 0 : text.search(/\S/)
      if (from === -1) return text
      begun = true
      const end = text.indexOf('\n', from)
      if (end === -1) return text
      ended = true
      return text.slice(0, end)
    },
    rest: () => '',
    get ended() {
      return ended
    },
  }
}
