import { letters } from '../character.ts'
import { blockLines, endsBlock } from './blockLines.ts'
import { countOf, type Balance } from './bracketBalance.ts'
import { passThrough, type Filter } from '../filters/filter.ts'
import { scanner } from '../filters/scanner.ts'
import { ANY_LANGUAGE, isClosingBracket } from '../filters/syntax.ts'
import { segmentBuffer, type Segment } from '../filters/segment.ts'

/** How much text after a closing bracket is waited for that opens another one, in UTF-16 units */
const PATIENCE = 240

/** The line of the text that is being read, compared with the next line of the document */
interface Line {
  /** Where it starts in the held text; negative when its start has passed */
  start: number
  /** In UTF-16 units, with what the document has before the cursor */
  length: number
  isBlank: boolean
  /** Whether it begins further in than the next line of the document. Of a blank line: false */
  isDeeper: boolean
  /** Whether it is the beginning of the next line, or all of it with white space after it */
  match: 'same' | 'different'
  /** Whether it begins with the bracket that closes what the cursor is in */
  closes: boolean
}

/**
 * Ends the text before a line that is the next line of the document, with the same indentation. A line
 * that is not distinctive ends the text only where it closes what the cursor is in, or where the text
 * ends after it.
 *
 * ```
 *   if (a) {|         \n  b()\n}\nc()   → \n  b()        the } closes what the text has not opened
 *   }                 \n  if (b) {\n  }\n  c()           … and here it does not
 *   0, 0,|            \n0, 0,\n0, 0,    → all of it      rows may well be the same
 *   0, 0,
 * ```
 *
 * @param below the lines of the document after the cursor's line
 */
export function stopAtOverlapBelow(
  linePrefix: string,
  below: readonly string[],
  balance: () => Balance,
  syntax = ANY_LANGUAGE,
  column = 0,
): Filter {
  const blankLines = below.findIndex((line) => line.trim() !== '')
  if (blankLines === -1) return passThrough
  const next = (below[blankLines] ?? '').trimEnd()
  const indent = next.length - next.trimStart().length
  const closer = isClosingBracket(next.charAt(indent), syntax) ? next.charAt(indent) : ''
  const brackets = scanner(closer, syntax, () => countOf(closer, balance().lacking))
  const blocks = blockLines(syntax, brackets, linePrefix)
  const isBlockEnd = closer === '' && endsBlock(next, syntax)
  const isSure = closer !== ''
  const held = segmentBuffer()
  const isBlankPrefix = linePrefix.trim() === ''
  const line: Line = {
    start: 0,
    length: linePrefix.length,
    isBlank: isBlankPrefix,
    isDeeper: false,
    match: isBlankPrefix && next.startsWith(linePrefix) ? 'same' : 'different',
    closes: false,
  }
  /** Where the lines so far are. The first that is not deeper than the next line ends what is inside. */
  let depth: 'unknown' | 'inside' | 'outside' = 'unknown'
  /** The cursor's line tells nothing of it when the document has text before the cursor. */
  let countsForDepth = isBlankPrefix
  let scanned = 0
  /** Whether the line is not the first */
  let isLater = false
  /** Where the text ends if it closes more than it opens, and how long it was then */
  let closed: { end: number; length: number } | null = null
  let phase: 'reading' | 'done' = 'reading'

  /** Whether the text closes more than it opens, of what the next line closes */
  function closesMore(): boolean {
    return isBlockEnd ? -blocks.level > balance().lackingBlocks : brackets.strays > 0
  }

  function isOverlap(isEnd: boolean): boolean {
    blocks.endLine()
    const isNext = line.match === 'same' && line.length >= next.length
    if (line.closes || (isBlockEnd && isNext && closesMore())) {
      closed ??= { end: endBefore(), length: scanned }
      if (isEnd) return closesMore()
    }
    if (closed !== null) return isEnd ? closesMore() : scanned - closed.length > PATIENCE
    if (isBlockEnd || !isNext) return false
    return isSure || depth === 'inside' || (isEnd && letters(next) >= 3)
  }

  function step(char: string): void {
    const isBlank = char.trim() === ''
    const isFirst = line.isBlank && !isBlank
    const wasSame = line.match === 'same'
    const at = line.length++
    const fits = at < next.length ? char === next[at] : isBlank
    if (!fits) line.match = 'different'
    if (isFirst) {
      line.isBlank = false
      line.isDeeper = at > indent
    }
    blocks.step(char)
    const effect = brackets.step(char)
    if (effect === 'stray' && wasSame && isFirst && at === indent) line.closes = true
    if (effect === 'reopened') line.closes = false
  }

  function newLine(start: number): void {
    if (countsForDepth && !line.isBlank) {
      depth = depth !== 'outside' && line.isDeeper ? 'inside' : 'outside'
    }
    countsForDepth = true
    line.start = start
    isLater = true
    line.length = 0
    line.isBlank = true
    line.isDeeper = false
    line.match = brackets.isOpen ? 'different' : 'same'
    line.closes = false
  }

  /** The end of the text before the line, without the line breaks that the suffix has as well */
  function endBefore(): number {
    const { text } = held
    if (column > 0) return Math.max(0, Math.min(scanned, line.start + (isLater ? column : 0)))
    let end = Math.max(0, line.start)
    while (end > 0 && line.start - end <= blankLines && text[end - 1] === '\n') end--
    return end
  }

  function take(length: number): Segment[] {
    scanned -= length
    line.start -= length
    return held.take(length)
  }

  function finish(): Segment[] {
    phase = 'done'
    const out = held.take(closed?.end ?? endBefore())
    held.clear()
    return out
  }

  return {
    push(segments) {
      if (phase === 'done') return []
      held.append(segments)
      const { text } = held
      let safe = 0
      for (; scanned < text.length; scanned++) {
        const char = text.charAt(scanned)
        if (char !== '\n') step(char)
        else if (isOverlap(false)) return finish()
        else {
          // It is not known yet how many blank lines the suffix has as well.
          if (!line.isBlank) safe = scanned
          brackets.step(char)
          newLine(scanned + 1)
        }
      }
      const mayOverlap = line.match === 'same' || line.closes
      if (closed !== null) return take(0)
      return take(mayOverlap ? Math.max(safe, endBefore()) : text.length)
    },
    flush() {
      if (phase === 'done') return []
      return isOverlap(true) ? finish() : take(held.text.length)
    },
    get done() {
      return phase === 'done'
    },
  }
}
