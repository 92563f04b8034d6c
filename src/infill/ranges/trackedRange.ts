import { advance, compare, shift, type Change, type Range } from './position.ts'

/**
 * Where a completion goes: first the caret or the selection that it replaces, then the text that is
 * there so far.
 *
 * ```
 *   const total = items.redu|ce(          start = end = the caret
 *   const total = items.redu[ce((sum]     start … end; the next text goes to end
 * ```
 */
export interface TrackedRange extends Range {
  /** Whether there is a selection that the first text replaces */
  readonly replaces: boolean
}

export function trackedRangeOf(selection: Range): TrackedRange {
  const { start, end } = selection
  return { start, end, replaces: compare(start, end) !== 0 }
}

/**
 * The edits that bring `text` in next. The selection goes in an edit of its own, after the text, so
 * that the caret ends behind the text and what was inserted is not selected.
 */
export function insertionOf({ start, end, replaces }: TrackedRange, text: string): Change[] {
  if (!replaces) return [{ range: { start: end, end }, text }]
  return [
    { range: { start, end: start }, text },
    { range: { start, end }, text: '' },
  ]
}

/** The target once those edits have been made. */
export function grown(target: TrackedRange, [insertion]: readonly Change[]): TrackedRange {
  if (insertion === undefined) return target
  const end = advance(insertion.range.start, insertion.text)
  return { start: target.start, end, replaces: false }
}

/** One edit of several places at once. */
export interface Growth {
  /** All of them of the text before the edit */
  changes: Change[]
  /** Where the targets are after it */
  targets: TrackedRange[]
}

/**
 * The edit that brings a text to each of some targets, none for the empty text.
 *
 * ```
 *   a(|) b(|)   'x', 'yy'   →   a([x]) b([yy])      the second has moved with the first
 * ```
 */
export function grow(targets: readonly TrackedRange[], texts: readonly string[]): Growth {
  const own = targets.map((target, index) => {
    const text = texts[index] ?? ''
    return text === '' ? [] : insertionOf(target, text)
  })
  return {
    changes: own.flat(),
    targets: targets.map((target, index) => {
      const others = own.filter((_, other) => other !== index).flat()
      const moved = lastFirst(others).reduce(moveBy, target)
      const text = texts[index] ?? ''
      return text === '' ? moved : grown(moved, insertionOf(moved, text))
    }),
  }
}

/**
 * The target after an edit by somebody else, or `null` when the edit took place within it, or right
 * where the next text would go: there the user's own hand goes before the completion.
 *
 * ```
 *   before |start … end| after      an edit that ends at `start` is before,
 *                                   one that replaces what begins at `end` is after
 * ```
 */
export function follow(target: TrackedRange, change: Change): TrackedRange | null {
  const { start, end, replaces } = target
  const inserts = compare(change.range.start, change.range.end) === 0
  const isEmpty = compare(start, end) === 0
  const before = compare(change.range.end, start)
  if (before < 0 || (before === 0 && !(inserts && isEmpty))) {
    return { start: shift(start, change), end: shift(end, change), replaces }
  }
  const after = compare(change.range.start, end)
  return after > 0 || (after === 0 && !inserts) ? target : null
}

/** The target after several simultaneous edits, whose ranges are all of the text before them. */
export function followAll(target: TrackedRange, changes: readonly Change[]): TrackedRange | null {
  return lastFirst(changes).reduce<TrackedRange | null>(
    (followed, change) => (followed === null ? null : follow(followed, change)),
    target,
  )
}

/**
 * So that no edit moves the range of one that is yet to come. Of two that start at the same place, the
 * one that replaces text is after the one that inserts there.
 */
function lastFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted(
    (a, b) => compare(b.range.start, a.range.start) || compare(b.range.end, a.range.end),
  )
}

/** A target after an edit of another place, which may begin where this one ends. */
function moveBy(target: TrackedRange, change: Change): TrackedRange {
  const { start, end, replaces } = target
  if (compare(change.range.start, end) >= 0) return target
  return { start: shift(start, change), end: shift(end, change), replaces }
}

/** Whether an edit changed text of the target. */
export function touches({ start, end }: Range, change: Change): boolean {
  return compare(change.range.start, end) <= 0 && compare(change.range.end, start) >= 0
}
