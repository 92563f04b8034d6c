import type { TextFilter } from './filter.ts'
import { stopAtOverlapBelow } from './overlapBelow.ts'
import { stopAtOverlapOnLine } from './overlapOnLine.ts'

/** More of a suffix than this is not needed to know it again, in UTF-16 units. */
const ENOUGH = 2000

/**
 * Lets text pass until it begins to repeat what follows the caret: what the document has is not
 * inserted again. It has `ended` once it took something away.
 *
 * ```
 *   foo(|)             a, b)               → foo(a, b)
 *   def f():|          \n  g()\nreturn 1   → def f():\n  g()
 *   \nreturn 1                               \nreturn 1
 * ```
 */
export function stopAtOverlap(linePrefix: string, suffix: string): TextFilter {
  const near = suffix.slice(0, ENOUGH)
  const [rest = '', ...below] = near.split('\n')
  if (rest.trim() !== '') return stopAtOverlapOnLine(linePrefix, near)
  return stopAtOverlapBelow(linePrefix, below)
}
