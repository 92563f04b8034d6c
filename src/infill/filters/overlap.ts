import type { Filter } from './filter.ts'
import { stopAtOverlapBelow } from './overlapBelow.ts'
import { stopAtOverlapOnLine } from './overlapOnLine.ts'

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
export function stopAtOverlap(linePrefix: string, suffix: string): Filter {
  const near = suffix.slice(0, ENOUGH)
  const [rest = '', ...below] = near.split('\n')
  if (rest.trim() !== '') return stopAtOverlapOnLine(linePrefix, near)
  return stopAtOverlapBelow(linePrefix, below)
}
