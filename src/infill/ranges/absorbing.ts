import { compare, shift, type Change, type Position, type Range } from './position.ts'

/**
 * The range of a text after an edit that may change the text itself: what is typed within it belongs to
 * it, and what is typed right before or after it does not. What is left of it may be empty.
 *
 * ```
 *   a[bcd]e   'c' → 'xyz'    a[bxyzd]e
 *   a[bcd]e   'cde' → ''     a[b]
 * ```
 */
function absorb(range: Range, change: Change): Range {
  const { start, end } = range
  const isInsertion = compare(change.range.start, change.range.end) === 0
  const isEmpty = compare(start, end) === 0
  const isBefore = compare(change.range.end, start) <= 0
  // A redo inserts the text again where it was.
  const isRestored = isEmpty && isInsertion && compare(change.range.start, start) === 0
  if (isBefore && !isRestored) return { start: shift(start, change), end: shift(end, change) }
  if (compare(change.range.start, end) >= 0 && !isRestored) return range
  return {
    start: earlier(start, change.range.start) ? start : moved(start, change),
    end: earlier(end, change.range.end) ? endOf(change) : shift(end, change),
  }
}

/** The same after several simultaneous edits, whose ranges are of the text before them. */
export function absorbAll(range: Range, changes: readonly Change[]): Range {
  return changes
    .toSorted((a, b) => compare(b.range.start, a.range.start))
    .reduce((absorbed, change) => absorb(absorbed, change), range)
}

function earlier(a: Position, b: Position): boolean {
  return compare(a, b) <= 0
}

/** A start within the replaced text: the new text is not known to belong to the range. */
function moved(start: Position, change: Change): Position {
  return compare(start, change.range.end) < 0 ? change.range.start : shift(start, change)
}

function endOf(change: Change): Position {
  return shift(change.range.end, change)
}
