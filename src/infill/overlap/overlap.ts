import { balanceOf, type Balance } from './bracketBalance.ts'
import { passThrough, pipe, type Filter } from '../filters/filter.ts'
import { stopAtOverlapBelow } from './below.ts'
import { stopAtOverlapOnLine } from './onLine.ts'
import type { Syntax } from '../filters/syntax.ts'
import { textOf, type Segment } from '../filters/segment.ts'
import { stopAtSuffix } from './suffixMatch.ts'

/** A filter that drops what repeats the suffix */
export interface OverlapFilter extends Filter {
  /** Whether the document has all that was dropped after the cursor */
  readonly isExact: boolean
}

/** How much of a suffix is compared, in UTF-16 units */
const ENOUGH = 2000

/**
 * Ends the text where it begins to repeat the suffix: what the document has after the cursor is not
 * inserted again. `done` once it removed something.
 *
 * ```
 *   foo(|)             a, b)               → foo(a, b)
 *   def f():|          \n  g()\nreturn 1   → def f():\n  g()
 *   \nreturn 1                               \nreturn 1
 * ```
 */
export function stopAtOverlap(before: string, suffix: string, syntax?: Syntax): OverlapFilter {
  const linePrefix = before.slice(before.lastIndexOf('\n') + 1)
  const near = suffix.slice(0, ENOUGH)
  const [rest = '', ...below] = near.split('\n')
  // Most completions close no bracket of the document: it is read when one does.
  let known: Balance | null = null
  const balance = (): Balance => (known ??= balanceOf(before, suffix, syntax))
  const rule = ruleFor()

  function ruleFor(): Filter {
    if (rest.trim() === '') return stopAtOverlapBelow(linePrefix, below, balance, syntax)
    if (linePrefix.trim() !== '') return stopAtOverlapOnLine(linePrefix, near, balance, syntax)
    const lines = [linePrefix + rest, ...below]
    return stopAtOverlapBelow(linePrefix, lines, balance, syntax, linePrefix.length)
  }

  const match = stopAtSuffix(linePrefix, near, balance, syntax)
  const chain = suffix === '' ? passThrough : pipe(match, rule)
  /** The text that has not passed */
  let left = ''
  let isExact = true

  function passed(segments: Segment[]): Segment[] {
    left = left.slice(textOf(segments).length)
    return segments
  }

  return {
    push(segments) {
      if (chain.done) return []
      left += textOf(segments)
      const out = passed(chain.push(segments))
      // What follows is not known. After a match of that length it is the document's text.
      if (chain.done) isExact = match.done && !rule.done
      return out
    },
    flush() {
      if (chain.done) return []
      const out = passed(chain.flush())
      isExact = isBeginning(left, suffix)
      return out
    },
    get done() {
      return chain.done
    },
    get isExact() {
      return isExact
    },
  }
}

/** Whether a text is the beginning of a suffix, white space aside */
function isBeginning(text: string, suffix: string): boolean {
  return inOneLine(suffix).startsWith(inOneLine(text))
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
