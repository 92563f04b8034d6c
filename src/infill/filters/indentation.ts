import type { TextFilter } from './filter.ts'

/** How a document is indented; what is not known changes nothing. */
export interface Indenting {
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
  /** What stands before the caret on its line */
  linePrefix: string
}

/**
 * Gives each line the tabs or spaces that the document has, and drops from the first one what is
 * there already. What is not at the start of a line passes as it is.
 *
 * ```
 *   ····|          ····return 1    →    ····return 1         not ········return 1
 *   with tabs      ····foo         →    ⇥foo                 tabSize 4
 *   with tabs      ··foo           →    ⇥foo                 the model's own unit is 2
 *   with spaces    ⇥foo            →    ····foo
 * ```
 */
export function indentation({ insertSpaces, tabSize, linePrefix }: Indenting): TextFilter {
  const size = tabSize !== undefined && tabSize > 0 ? tabSize : null
  let lead = ''
  let isLead = linePrefix.trim() === ''
  let isFirst = true
  /** Of the model, once a line shows it */
  let unit: number | null = null

  function converted(white: string): string {
    if (insertSpaces === undefined || size === null) return white
    if (insertSpaces) return spaces(white, size)
    const width = /^ */.exec(white)?.[0].length ?? 0
    // One space is a matter of alignment, as before the * of a comment.
    if (width >= 2) unit ??= Math.min(width, size)
    return white.replaceAll(' '.repeat(unit ?? size), '\t')
  }

  function indent(): string {
    const white = lead
    const there = isFirst ? linePrefix : ''
    lead = ''
    isLead = false
    isFirst = false
    // The line itself may be indented in another way than the document is.
    if (white.startsWith(there)) return converted(white.slice(there.length))
    const text = converted(white)
    return text.startsWith(there) ? text.slice(there.length) : text
  }

  return {
    take(text) {
      let out = ''
      for (const char of text.split('')) {
        if (isLead && (char === ' ' || char === '\t')) {
          lead += char
          continue
        }
        if (isLead) out += indent()
        out += char
        if (char === '\n') {
          isLead = true
          isFirst = false
        }
      }
      return out
    },
    rest: () => (isLead ? indent() : ''),
    ended: false,
  }
}

function spaces(lead: string, size: number): string {
  let out = ''
  for (const char of lead) out += char === ' ' ? ' ' : ' '.repeat(size - (out.length % size))
  return out
}
