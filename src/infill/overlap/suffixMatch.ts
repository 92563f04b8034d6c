import { cutsCommentSign, failureOf, informationOf } from './pattern.ts'
import type { Balance } from './bracketBalance.ts'
import { blockLines, endsBlock } from './blockLines.ts'
import type { Filter } from '../filters/filter.ts'
import { letters } from '../character.ts'
import { scanner } from '../filters/scanner.ts'
import { ANY_LANGUAGE, isClosingBracket, type Syntax } from '../filters/syntax.ts'
import { segmentBuffer, type Segment } from '../filters/segment.ts'
import { openTags } from './openTags.ts'

/** Information of complete matching lines that cannot be chance */
const CERTAIN = 120
/** … where the text has opened an element that it has not closed */
const CERTAIN_IF_OPEN = 12
/** Information of a match with the whole rest of the document that cannot be chance */
const CERTAIN_OF_ALL = 6.5
/** Information of a match at the end of the text that is not likely to be chance */
const LIKELY = 3

/** … after a line that ends a block of the text */
const LIKELY_OF_OWN = 6

/** How much of a line is a part that cannot be a whole line, in UTF-16 units */
const PART = 4

/** The length of the longest sign that begins a comment, less 1 */
const RECENT = 3

/** Number of states that may be kept without need */
const MANY = 256

/** What is known of the text before a character */
interface State {
  /** Whether a match can begin there */
  fits: boolean
  /** Whether the text has a string or an element open */
  isOpen: boolean
  /** Whether it has an element open of the kind that the suffix closes */
  isInElement: boolean
  /** Brackets that the text has closed but not opened, and opened but not closed */
  unmatched: number
  depth: number
  /** The level of its blocks */
  level: number
  /** The last characters, as many as a comment sign may begin with */
  recent: string
}

const START: State = {
  fits: true,
  isOpen: false,
  isInElement: false,
  unmatched: 0,
  depth: 0,
  level: 0,
  recent: '',
}

/**
 * Ends the text where it continues into the suffix. Text that may be the beginning of the suffix is held
 * back. It is dropped when the match as a whole cannot be chance, or when the text ends within it;
 * otherwise it passes.
 *
 * ```
 *   switch (x) {|       \n  case 0:\n    a()\n  case 1:\n    b()     the first two lines stay
 *     case 1:
 *       b()
 * ```
 *
 * The longest end of the text that is a beginning of the suffix is known after each character, as in
 * the algorithm of Knuth, Morris and Pratt: the time is linear.
 *
 * @param suffix the text after the cursor, or the beginning of it, with LF
 */
export function stopAtSuffix(
  linePrefix: string,
  suffix: string,
  balance: () => Balance,
  syntax = ANY_LANGUAGE,
): Filter {
  const pattern = suffix.endsWith('\n') ? suffix : `${suffix}\n`
  const failure = failureOf(pattern)
  const { inAll, inLines } = informationOf(pattern)
  const rest = (pattern.split('\n', 1)[0] ?? '').trimEnd()
  const beginsWithCloser = isClosingBracket(suffix.trimStart().charAt(0), syntax)
  /** The end of the suffix's first line of text, if that ends a block; otherwise 0 */
  const blockEnd = endOfBlockLine(suffix, syntax)
  const brackets = scanner('', syntax)
  const blocks = blockLines(syntax, brackets, linePrefix)
  const tags = openTags(/^\s*(<\/[\w-]+)/.exec(rest)?.[1] ?? '')
  const held = segmentBuffer()
  /** The length of the longest end of the text that is a beginning of the pattern */
  let matched = 0
  /** Whether the suffix begins within the indentation of a line: then a match begins there as well */
  const isIndented = linePrefix.trim() === '' && rest.trim() !== ''
  /** The line so far, with the text before the cursor, while it is blank; `null` after that */
  let lead: string | null = linePrefix.trim() === '' ? linePrefix : null
  /** What is known of the text before each of the last characters, at least those that match */
  let states: State[] = []
  /** The suffix may have begun before the text: with the line break before the cursor's line */
  if (linePrefix.trim() === '' && rest.trim() === '') {
    for (const char of `\n${linePrefix}`) {
      states.push({ ...START })
      follow(char.charCodeAt(0))
    }
    states = states.slice(states.length - matched)
  }
  /** The end of the text that has passed, with the document's before it */
  let tail = linePrefix.slice(-RECENT)
  /** How much text has passed, in UTF-16 units */
  let passed = 0
  let phase: 'reading' | 'done' = 'reading'

  function follow(code: number): void {
    while (matched > 0 && pattern.charCodeAt(matched) !== code) matched = failure[matched - 1] ?? 0
    if (pattern.charCodeAt(matched) === code) matched++
  }

  function endBefore(length: number): Segment[] {
    phase = 'done'
    const out = held.take(Math.max(0, held.text.length - length))
    held.clear()
    return out
  }

  /** The length of the match that the text ends with; 0 when it is likely to be chance */
  function matchAtEnd(): number {
    let length = matched
    while (length > 0 && !fits(length)) length = failure[length - 1] ?? 0
    return isOverlap(length) ? length : 0
  }

  function isCertain(): boolean {
    const information = inLines[matched] ?? 0
    const isAll = matched === pattern.length && information >= CERTAIN_OF_ALL
    return (isAll || information >= CERTAIN) && fits(matched)
  }

  function fits(length: number): boolean {
    return states.at(-length)?.fits ?? false
  }

  function isOverlap(length: number): boolean {
    const state = states.at(-length)
    if (length === 0 || state === undefined) return false
    const information = inAll[length] ?? 0
    const hasLine = pattern.slice(0, length).includes('\n')
    const hasWord = letters(pattern.slice(0, length)) > 0
    const isAll = suffix !== '' && length >= suffix.length
    if (state.isInElement && information < CERTAIN_IF_OPEN) return false
    const isOwnBlock = blockEnd > 0 && state.level > -balance().lackingBlocks
    if (isOwnBlock && information - (inAll[blockEnd] ?? 0) < LIKELY_OF_OWN) return false
    if (cutsCommentSign(syntax, state.recent, pattern.slice(0, length))) return false
    // A completion that is only the beginning of a line is meant.
    if (passed === 0 && length >= held.text.length && inLines[length] === 0) return false
    const isSure = hasWord || (hasLine && endsWithinLine(length))
    const likely = isSure ? (hasLine ? LIKELY / 2 : LIKELY) : LIKELY * 2
    if (information >= likely) return true
    // The indentation of the suffix's first line, as the beginning of a line of the text
    if (information === 0) return isIndented || (hasLine && (isAll || length > 1))
    if (state.isOpen || state.depth > balance().surplus) return false
    const isRest = isAll || (rest.trim() !== '' && length >= rest.length)
    if (isRest && !beginsWithCloser) return true
    return (isRest || hasLine) && closes(state)
  }

  /** Whether the text ends with a part of a later line of the suffix: no completion is to end so. */
  function endsWithinLine(length: number): boolean {
    const line = pattern.slice(pattern.lastIndexOf('\n', length - 1) + 1, length)
    return line.trim().length >= PART && pattern.charAt(length) !== '\n'
  }

  /** Whether the text from there on closes a bracket that is the document's to close */
  function closes({ unmatched, depth }: State): boolean {
    const { lacking, surplus } = balance()
    if (brackets.unmatched > Math.max(unmatched, lacking.length)) return true
    return depth <= surplus && brackets.depth < depth
  }

  return {
    push(segments) {
      if (phase === 'done') return []
      const from = held.text.length
      held.append(segments)
      const { text } = held
      for (let at = from; at < text.length; at++) {
        const char = text.charAt(at)
        const fitsHere = !isIndented || lead === null || lead === linePrefix
        const isInElement = tags.isOpen
        const isOpen = isInElement || brackets.quote !== ''
        const { unmatched, depth } = brackets
        if (char === '\n') lead = ''
        else if (lead !== null) lead = char === ' ' || char === '\t' ? lead + char : null
        blocks.step(char)
        brackets.step(char)
        tags.step(char)
        follow(text.charCodeAt(at))
        // Most characters match nothing.
        if (matched === 0) states.length = 0
        else {
          const { level } = blocks
          const recent =
            at < RECENT ? (tail + text.slice(0, at)).slice(-RECENT) : text.slice(at - RECENT, at)
          states.push({ fits: fitsHere, isOpen, isInElement, unmatched, depth, level, recent })
        }
        if (matched > 0 && isCertain()) {
          const out = held.take(Math.max(0, at + 1 - matched))
          phase = 'done'
          held.clear()
          return out
        }
      }
      const safe = Math.max(0, text.length - matched)
      passed += safe
      tail = (tail + text.slice(Math.max(0, safe - RECENT), safe)).slice(-RECENT)
      const out = held.take(safe)
      if (states.length > 2 * matched + MANY) states = states.slice(states.length - matched)
      return out
    },
    flush() {
      if (phase === 'done') return []
      const length = matchAtEnd()
      return length === 0 ? held.take(held.text.length) : endBefore(length)
    },
    get done() {
      return phase === 'done'
    },
  }
}

function endOfBlockLine(suffix: string, syntax: Syntax): number {
  const [lead = '', line = ''] = /^\s*(.*)/.exec(suffix) ?? []
  return endsBlock(line, syntax) ? lead.length : 0
}
