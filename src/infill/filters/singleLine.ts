import type { Filter } from './filter.ts'
import { appendTo, type Segment } from './segment.ts'

/**
 * Ends the text at the first line end after something that is not white space. White space before it,
 * line ends included, belongs to the line.
 *
 * ```
 *   push('\n  foo')  →  '\n  foo'        push('()\nbar')  →  '()', done
 * ```
 */
export function singleLine(): Filter {
  let phase: 'blank' | 'line' | 'done' = 'blank'

  /** The part of a text that belongs to the line */
  function lineOf(text: string): string {
    const from = phase === 'line' ? 0 : text.search(/\S/)
    if (from === -1) return text
    phase = 'line'
    const end = text.indexOf('\n', from)
    if (end === -1) return text
    phase = 'done'
    return text.slice(0, end)
  }

  return {
    push(segments) {
      const out: Segment[] = []
      for (const { text, token } of segments) {
        if (phase === 'done') break
        appendTo(out, [{ text: lineOf(text), token }])
      }
      return out
    },
    flush: () => [],
    get done() {
      return phase === 'done'
    },
  }
}
