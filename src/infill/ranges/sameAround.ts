import type { Lines } from '../context/contextWindow.ts'
import type { Range } from './position.ts'

/** How many lines around each range are compared */
const NEAR = 2

/**
 * Whether ranges of one text are valid in another one: both have the same number of lines, and the same
 * lines at the ends of each range and around them. Neither text is read as a whole.
 */
export function isSameAround(a: Lines, b: Lines, ranges: readonly Range[]): boolean {
  if (a.lineCount !== b.lineCount) return false
  const lines = ranges.flatMap(({ start, end }) => [...around(start.line), ...around(end.line)])
  return lines
    .filter((line) => line >= 0 && line < a.lineCount)
    .every((line) => a.lineAt(line) === b.lineAt(line))
}

function around(line: number): number[] {
  return Array.from({ length: 2 * NEAR + 1 }, (_, index) => line - NEAR + index)
}
