import type { Filter } from './filter.ts'
import { scanner, type Scanner } from './scanner.ts'
import type { Syntax } from './syntax.ts'
import { appendTo, replaced, segmentBuffer, type Segment } from './segment.ts'

/** How a document is indented. What is unknown changes nothing. */
export interface Indenting {
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
  /** The text before the cursor on its line */
  linePrefix: string
  /** The text before the cursor, or the end of it; without it, all white space is indentation. */
  before?: string | undefined
  /** The text after the cursor, or the beginning of it */
  suffix?: string | undefined
  syntax?: Syntax | undefined
  /** The id of the language, as VS Code names it */
  language?: string | undefined
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
export function indentation(options: Indenting): Filter {
  const { insertSpaces, tabSize, linePrefix } = options
  const content = contentLines(options)
  const size = tabSize !== undefined && tabSize > 0 ? tabSize : null
  const held = segmentBuffer()
  /** `lead`: in the white space that a line begins with, which is held. `line`: after it. */
  let phase: 'lead' | 'line' = linePrefix.trim() === '' ? 'lead' : 'line'
  /** The text that the first line has already, to be removed from its indentation */
  let present = linePrefix
  /** The model's indentation unit in spaces; `null` until a line shows it */
  let unit: number | null = null

  function converted(white: string): string {
    if (insertSpaces === undefined || size === null || content.isContent(white)) return white
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
          content.step(text.slice(0, end))
          appendTo(out, takeLead(end))
          phase = 'line'
        } else {
          const lineEnd = text.indexOf('\n')
          const length = lineEnd === -1 ? text.length : lineEnd + 1
          content.step(text.slice(0, length))
          appendTo(out, held.take(length))
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

/** Languages in which a tab at the start of a line can mean something */
const TABS_ARE_CONTENT = new Set([
  'diff',
  'makefile',
  'markdown',
  'mdx',
  'plaintext',
  'quarto',
  'restructuredtext',
  'rmd',
  'tsv',
])

/** Tells white space that is content from indentation. */
interface ContentLines {
  /** Whether the white space that the line begins with has to stay */
  isContent(white: string): boolean
  /** Follows the text. */
  step(text: string): void
}

/**
 * White space is content in strings and here-documents of several lines, in languages in which a tab
 * means something, and where the document is indented in the way of the text.
 */
function contentLines({
  before,
  suffix = '',
  syntax,
  language = '',
  insertSpaces,
}: Indenting): ContentLines {
  if (before === undefined) return { isContent: () => false, step: () => undefined }
  let text = ''
  /** Follows strings from the document's own text on; made when it is needed */
  let strings: { scanner: Scanner; hereDocument: string | null; line: string } | null = null

  function follow(added: string): void {
    strings ??= { scanner: scanner('', syntax), hereDocument: null, line: '' }
    for (const char of added.split('')) {
      if (strings.hereDocument === null) strings.scanner.step(char)
      if (char !== '\n') {
        strings.line += char
        continue
      }
      if (strings.hereDocument !== null) {
        if (strings.line.trim() === strings.hereDocument) strings.hereDocument = null
      } else
        strings.hereDocument = /<<[-~]?\s*["']?([A-Za-z_]\w*)["']?/.exec(strings.line)?.[1] ?? null
      strings.line = ''
    }
  }

  const around = `${before}\n${suffix}`
  const hasSpaces = /^ {2,}[^\s*]/m.test(around)
  const hasTabs = /^\t/m.test(around)
  return {
    isContent(white) {
      if (insertSpaces === true && !white.includes('\t')) return false
      if (insertSpaces === true && (hasTabs || TABS_ARE_CONTENT.has(language))) return true
      if (insertSpaces === false && hasSpaces && !hasTabs) return true
      follow(strings === null ? before + text : text)
      text = ''
      return strings !== null && (strings.scanner.quote !== '' || strings.hereDocument !== null)
    },
    step(added) {
      text += added
    },
  }
}

function spaces(lead: string, size: number): string {
  let out = ''
  for (const char of lead) out += char === ' ' ? ' ' : ' '.repeat(size - (out.length % size))
  return out
}
