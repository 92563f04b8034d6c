import { advance, compare, shift, type Change, type Range } from './position.ts'

/**
 * The range of an insertion: first the cursor or the selection that it replaces, then the text that is
 * inserted so far.
 *
 * ```
 *   const total = items.redu|ce(          start = end = the cursor
 *   const total = items.redu[ce((sum]     start … end; the next text is inserted at end
 * ```
 */
export interface TrackedRange extends Range {
  /** Whether the range is a selection that the first text replaces */
  readonly replaces: boolean
}

export function trackedRangeOf(selection: Range): TrackedRange {
  const { start, end } = selection
  return { start, end, replaces: compare(start, end) !== 0 }
}

/**
 * The edits that insert `text` next. The selection is deleted by an edit of its own, after the text, so
 * that the cursor ends after the text and the text is not selected.
 */
export function insertionOf({ start, end, replaces }: TrackedRange, text: string): Change[] {
  if (!replaces) return [{ range: { start: end, end }, text }]
  return [
    { range: { start, end: start }, text },
    { range: { start, end }, text: '' },
  ]
}

/** The range after those edits. */
export function grown(range: TrackedRange, [insertion]: readonly Change[]): TrackedRange {
  if (insertion === undefined) return range
  const end = advance(insertion.range.start, insertion.text)
  return { start: range.start, end, replaces: false }
}

/** One edit of several ranges at once. */
export interface Growth {
  /** Their ranges are of the text before the edit. */
  changes: Change[]
  /** The ranges after it */
  ranges: TrackedRange[]
}

/**
 * The edit that inserts one text into each range, and nothing for an empty text.
 *
 * ```
 *   a(|) b(|)   'x', 'yy'   →   a([x]) b([yy])      the second has moved with the first
 * ```
 */
export function grow(ranges: readonly TrackedRange[], texts: readonly string[]): Growth {
  const own = ranges.map((range, index) => {
    const text = texts[index] ?? ''
    return text === '' ? [] : insertionOf(range, text)
  })
  return {
    changes: own.flat(),
    ranges: ranges.map((range, index) => {
      const others = own.filter((_, other) => other !== index).flat()
      const moved = lastFirst(others).reduce(moveBy, range)
      const text = texts[index] ?? ''
      return text === '' ? moved : grown(moved, insertionOf(moved, text))
    }),
  }
}

/**
 * The range after an edit by others, or `null` when the edit is within it, or exactly where the next
 * text would be inserted: the user's own typing wins.
 *
 * ```
 *   before |start … end| after      an edit that ends at `start` is before,
 *                                   a replacement that begins at `end` is after
 * ```
 */
export function follow(range: TrackedRange, change: Change): TrackedRange | null {
  const { start, end, replaces } = range
  const inserts = compare(change.range.start, change.range.end) === 0
  const isEmpty = compare(start, end) === 0
  const before = compare(change.range.end, start)
  if (before < 0 || (before === 0 && !(inserts && isEmpty))) {
    return { start: shift(start, change), end: shift(end, change), replaces }
  }
  const after = compare(change.range.start, end)
  return after > 0 || (after === 0 && !inserts) ? range : null
}

/** The range after several simultaneous edits, whose ranges are of the text before them. */
export function followAll(range: TrackedRange, changes: readonly Change[]): TrackedRange | null {
  return lastFirst(changes).reduce<TrackedRange | null>(
    (followed, change) => (followed === null ? null : follow(followed, change)),
    range,
  )
}

/**
 * Sorted so that no edit moves the range of a later one. Of two that start at the same position, the
 * replacement comes after the insertion.
 */
function lastFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted(
    (a, b) => compare(b.range.start, a.range.start) || compare(b.range.end, a.range.end),
  )
}

/** The range after an edit of another range, which may begin where this one ends. */
function moveBy(range: TrackedRange, change: Change): TrackedRange {
  const { start, end, replaces } = range
  if (compare(change.range.start, end) >= 0) return range
  return { start: shift(start, change), end: shift(end, change), replaces }
}

/** Whether an edit touches the range. */
export function touches({ start, end }: Range, change: Change): boolean {
  return compare(change.range.start, end) <= 0 && compare(change.range.end, start) >= 0
}
