import { blockLines } from './blockLines.ts'
import { scanner } from '../filters/scanner.ts'
import { ANY_LANGUAGE, type Syntax } from '../filters/syntax.ts'

/** A bracket without its partner */
interface Unmatched {
  /** The closing bracket of the pair */
  closer: string
  /** The indentation of its line, in UTF-16 units */
  indent: number
  /** Whether it is the first character of its line */
  beginsLine: boolean
}

/** How the brackets of a document match at the cursor */
export interface Balance {
  /** The closing brackets that the document lacks, in order: their partners are before the cursor. */
  readonly lacking: readonly string[]
  /** How many brackets the document closes after the cursor that are not opened before it */
  readonly surplus: number
  /** How many lines that end a block the document lacks after the cursor */
  readonly lackingBlocks: number
}

/**
 * How the brackets before the cursor match those after it.
 *
 * ```
 *   foo(bar(|)       )       the document closes one of two
 *   if (a) {         }       the } after the cursor is indented as `f() {`,
 *     if (b) {|              so nothing closes `if (b) {`
 *   }
 * ```
 *
 * @param before the text before the cursor, or the end of it
 * @param after the text after the cursor, or the beginning of it
 */
export function balanceOf(before: string, after: string, syntax = ANY_LANGUAGE): Balance {
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const above = unmatchedIn(before, '', syntax)
  const below = unmatchedIn(after, line, syntax)
  const lackingBlocks = Math.max(0, above.begun - below.ended)
  return { ...bracketsOf(above.openers.toReversed(), below.closers), lackingBlocks }
}

/** @param openers the innermost first */
function bracketsOf(
  openers: readonly Unmatched[],
  closers: readonly Unmatched[],
): Pick<Balance, 'lacking' | 'surplus'> {
  const [first] = closers
  if (first === undefined) return { lacking: [], surplus: 0 }
  const isPartner = ({ closer, indent }: Unmatched): boolean =>
    closer === first.closer && (!first.beginsLine || indent === first.indent)
  const byCount = openers.length - closers.length
  const counted = openers[byCount]
  if (counted !== undefined && isPartner(counted)) return lacking(openers.slice(0, byCount))
  const inner = openers.findIndex((each) => isPartner(each))
  if (inner !== -1) return lacking(openers.slice(0, inner))
  if (counted?.closer === first.closer) return lacking(openers.slice(0, byCount))
  return { lacking: [], surplus: Math.max(0, -byCount) }
}

function lacking(openers: readonly Unmatched[]): Pick<Balance, 'lacking' | 'surplus'> {
  return { lacking: openers.map(({ closer }) => closer), surplus: 0 }
}

function unmatchedIn(
  text: string,
  linePrefix: string,
  syntax: Syntax,
): { openers: Unmatched[]; closers: Unmatched[]; begun: number; ended: number } {
  const openers: Unmatched[] = []
  const closers: Unmatched[] = []
  const lexer = scanner('', syntax)
  const blocks = blockLines(syntax, lexer, linePrefix)
  /** The lowest level of the blocks: what is ended below it was begun before the text. */
  let lowest = 0
  const closing = new Set(Object.values(syntax.brackets))
  const lead = /^[ \t]*/.exec(linePrefix)?.[0].length ?? 0
  let indent = lead
  let isBlank = lead === linePrefix.length
  for (const char of text.split('')) {
    const isCode = lexer.isCode
    blocks.step(char)
    lexer.step(char)
    if (char === '\n') {
      lowest = Math.min(lowest, blocks.level)
      indent = 0
      isBlank = true
      continue
    }
    if (isBlank && (char === ' ' || char === '\t')) indent++
    else {
      const beginsLine = isBlank
      isBlank = false
      if (!isCode) continue
      const closer = syntax.brackets[char]
      if (closer !== undefined) openers.push({ closer, indent, beginsLine })
      else if (closing.has(char)) {
        const at = openers.findLastIndex((each) => each.closer === char)
        if (at === -1) closers.push({ closer: char, indent, beginsLine })
        else openers.length = at
      }
    }
  }
  blocks.endLine()
  lowest = Math.min(lowest, blocks.level)
  return { openers, closers, begun: blocks.level - lowest, ended: -lowest }
}

export function countOf(closer: string, closers: readonly string[]): number {
  return closers.filter((each) => each === closer).length
}
