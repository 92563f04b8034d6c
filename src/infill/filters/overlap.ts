import { balanceOf, type Balance } from './bracketBalance.ts'
import { passThrough, pipe, type Filter } from './filter.ts'
import { stopAtOverlapBelow } from './overlapBelow.ts'
import { stopAtOverlapOnLine } from './overlapOnLine.ts'
import type { Syntax } from './scanner.ts'
import { stopAtSuffix } from './suffixMatch.ts'

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
export function stopAtOverlap(before: string, suffix: string, syntax?: Syntax): Filter {
  if (suffix === '') return passThrough
  const linePrefix = before.slice(before.lastIndexOf('\n') + 1)
  const near = suffix.slice(0, ENOUGH)
  const [rest = '', ...below] = near.split('\n')
  // Most completions close no bracket of the document: it is read when one does.
  let known: Balance | null = null
  const balance = (): Balance => (known ??= balanceOf(before, suffix, syntax))
  const match = stopAtSuffix(linePrefix, near, balance, syntax)
  if (rest.trim() === '') return pipe(match, stopAtOverlapBelow(linePrefix, below, balance, syntax))
  if (linePrefix.trim() !== '') {
    return pipe(match, stopAtOverlapOnLine(linePrefix, near, balance, syntax))
  }
  const lines = [linePrefix + rest, ...below]
  return pipe(match, stopAtOverlapBelow(linePrefix, lines, balance, syntax, linePrefix.length))
}
