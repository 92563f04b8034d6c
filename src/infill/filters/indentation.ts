import type { Filter } from './filter.ts'
import { appendTo, replaced, segmentBuffer, type Segment } from './segment.ts'

/** How a document is indented. What is unknown changes nothing. */
export interface Indenting {
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
  /** The text before the cursor on its line */
  linePrefix: string
}

/**
 * Converts the indentation of each line to the document's tabs or spaces, and removes from the first
 * line what the document has before the cursor. All other text passes unchanged.
 *
 * ```
 *   ····|          ····return 1    →    ····return 1         not ········return 1
 *   with tabs      ····foo         →    ⇥foo                 tabSize 4
 *   with tabs      ··foo           →    ⇥foo                 the model's own unit is 2
 *   with spaces    ⇥foo            →    ····foo
 * ```
 */
export function indentation({ insertSpaces, tabSize, linePrefix }: Indenting): Filter {
  const size = tabSize !== undefined && tabSize > 0 ? tabSize : null
  const held = segmentBuffer()
  /** `lead`: in the white space that a line begins with, which is held. `line`: after it. */
  let phase: 'lead' | 'line' = linePrefix.trim() === '' ? 'lead' : 'line'
  /** The text that the first line has already, to be removed from its indentation */
  let present = linePrefix
  /** The model's indentation unit in spaces; `null` until a line shows it */
  let unit: number | null = null

  function converted(white: string): string {
    if (insertSpaces === undefined || size === null) return white
    if (insertSpaces) return white.includes('\t') ? spaces(white, size) : white
    const width = /^ */.exec(white)?.[0].length ?? 0
    // A single space is alignment, as before the * of a comment.
    if (width >= 2) unit ??= Math.min(width, size)
    return white.replaceAll(' '.repeat(unit ?? size), '\t')
  }

  /** The white space to insert for the one that a line begins with */
  function indented(white: string): string {
    const before = present
    present = ''
    // The cursor's line may be indented in another way than the rest of the document.
    if (white.startsWith(before)) return converted(white.slice(before.length))
    const text = converted(white)
    return text.startsWith(before) ? text.slice(before.length) : text
  }

  /** The indentation of a line, which is the first `length` units of the held text */
  function takeLead(length: number): Segment[] {
    const white = held.text.slice(0, length)
    const text = indented(white)
    if (!white.endsWith(text)) return [replaced(held.take(length), text)]
    held.drop(white.length - text.length)
    return held.take(text.length)
  }

  return {
    push(segments) {
      held.append(segments)
      const out: Segment[] = []
      while (held.text !== '') {
        const { text } = held
        if (phase === 'lead') {
          const end = text.search(/[^ \t]/)
          if (end === -1) break
          appendTo(out, takeLead(end))
          phase = 'line'
        } else {
          const lineEnd = text.indexOf('\n')
          appendTo(out, held.take(lineEnd === -1 ? text.length : lineEnd + 1))
          if (lineEnd === -1) break
          present = ''
          phase = 'lead'
        }
      }
      return out
    },
    flush: () => (phase === 'lead' ? takeLead(held.text.length) : []),
    done: false,
  }
}

function spaces(lead: string, size: number): string {
  let out = ''
  for (const char of lead) out += char === ' ' ? ' ' : ' '.repeat(size - (out.length % size))
  return out
}
