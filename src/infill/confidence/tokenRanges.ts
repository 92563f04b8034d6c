import type { Segment, Token } from '../filters/segment.ts'
import { advance, compare, type Position, type Range } from '../ranges/position.ts'

/** A token of an insertion, or what the filters left of it */
export interface TokenRange {
  readonly range: Range
  readonly token: Token
  /** The index of its segment */
  readonly segment: number
}

/**
 * Where the tokens of an insertion are. Text without a token is left out.
 *
 * ```
 *   ['foo', '(\n', ')']    →    foo (     and  )
 *                               [0)[1 …        1)[2)
 * ```
 *
 * @param start of the inserted text
 */
export function tokenRanges(start: Position, segments: readonly Segment[]): TokenRange[] {
  let at = start
  return segments.flatMap(({ text, token }, segment) => {
    const range = { start: at, end: advance(at, text) }
    at = range.end
    return token === null ? [] : [{ range, token, segment }]
  })
}

/** The token that a position is in, or right before: `null` at the end, and between tokens. */
export function tokenAt(ranges: readonly TokenRange[], position: Position): TokenRange | null {
  const found = ranges.find(
    ({ range }) => compare(range.start, position) <= 0 && compare(position, range.end) < 0,
  )
  return found ?? null
}
