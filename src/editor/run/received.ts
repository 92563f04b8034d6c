import type { Piece } from '../../generation/choices.ts'
import { appendTo, type Segment } from '../../infill/filters/segment.ts'

/** The text of each choice of a response as far as it arrived, by index: choice 0 is inserted. */
export type Received = Map<number, Segment[]>

/** Text beyond that many tokens of a choice is kept without them. */
const MAX_TOKENS = 4096

export function receive(
  received: Received,
  { index, segments }: Pick<Piece, 'index' | 'segments'>,
): void {
  const all = received.get(index) ?? []
  received.set(index, all)
  const isFull = all.length >= MAX_TOKENS
  appendTo(all, isFull ? segments.map(({ text }) => ({ text, token: null })) : segments)
}

/** The choices that are not inserted, in the order of their indexes, but not empty ones */
export function othersIn(received: Received): Segment[][] {
  return [...received]
    .filter(([index, segments]) => index > 0 && segments.length > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([, segments]) => segments)
}
