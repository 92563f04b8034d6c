import { advance, compare, shift, type Change, type Range } from './position.ts'

/**
 * The part of a change that differs: an action may replace a whole line, such as an import.
 *
 * ```
 *   [a  = 1]  →  'a = 1'       a [ ]= 1  →  ''
 * ```
 *
 * @param old the text in the range of the change; LF only, as the change
 */
export function shrunk({ range, text }: Change, old: string): Change {
  const most = Math.min(old.length, text.length)
  let same = 0
  while (same < most && old[same] === text[same]) same++
  let sameAtEnd = 0
  while (sameAtEnd < most - same && old.at(-1 - sameAtEnd) === text.at(-1 - sameAtEnd)) sameAtEnd++
  return {
    range: {
      start: advance(range.start, old.slice(0, same)),
      end: advance(range.start, old.slice(0, old.length - sameAtEnd)),
    },
    text: text.slice(same, text.length - sameAtEnd),
  }
}

/** Whether a change is within a range, its ends included */
export function isWithin({ range }: Change, { start, end }: Range): boolean {
  return compare(range.start, start) >= 0 && compare(range.end, end) <= 0
}

/**
 * A range after simultaneous changes, none of which crosses its ends: what is inserted at its start or end
 * belongs to it.
 */
export function rangeAfter(range: Range, changes: readonly Change[]): Range {
  return changes
    .toSorted((a, b) => compare(b.range.start, a.range.start))
    .reduce<Range>(({ start, end }, change) => {
      if (isWithin(change, range)) return { start, end: shift(end, change) }
      if (compare(change.range.end, range.start) > 0) return { start, end }
      return { start: shift(start, change), end: shift(end, change) }
    }, range)
}
