import { EndOfLine, Position, type TextDocument } from 'vscode'
import { rangeOf } from '../document/rangeOf.ts'
import { tokenRanges, type TokenRange } from '../../infill/confidence/tokenRanges.ts'
import { textOf, type Segment } from '../../infill/filters/segment.ts'
import type { Range as TextRange } from '../../infill/ranges/position.ts'
import type { Alternative } from '../../usage/progress.ts'

/** The last insertion, with its alternatives. */
export interface Inserted {
  readonly document: TextDocument
  readonly places: readonly InsertedPlace[]
  readonly oneLine: boolean
}

export interface InsertedPlace {
  readonly range: TextRange
  /** The choices and the earlier results; none is empty, and all are different. */
  readonly tries: readonly Try[]
  /** The index of the one in the document */
  readonly shown: number
}

export interface Try {
  /** LF only */
  readonly text: string
  /** The same text with its tokens */
  readonly segments: readonly Segment[]
}

/** @param segments what arrived: of other text, it says nothing */
export function tryOf(text: string, segments: readonly Segment[]): Try {
  return { text, segments: textOf(segments) === text ? segments : [{ text, token: null }] }
}

/** The tokens of the text in the document, as far as the server sent log probabilities */
export function tokensOf({ range, tries, shown }: InsertedPlace): TokenRange[] {
  return tokenRanges(range.start, tries[shown]?.segments ?? [])
}

/** A place with the text that it has now. The same text again keeps its index. */
export function withTry(place: Pick<InsertedPlace, 'range' | 'tries'>, now: Try): InsertedPlace {
  const at = place.tries.findIndex(({ text }) => text === now.text)
  const tries = at === -1 ? [...place.tries, now] : place.tries.with(at, now)
  return { range: place.range, tries, shown: at === -1 ? tries.length - 1 : at }
}

/** A place with its current text and the alternatives among its tries. */
export function withTries(
  document: TextDocument,
  {
    range,
    tries,
    segments,
    alternatives,
  }: Pick<InsertedPlace, 'range' | 'tries'> & {
    segments: readonly Segment[]
    alternatives: readonly (readonly Segment[])[]
  },
): InsertedPlace {
  const now = withTry({ range, tries }, tryOf(textIn(document, range), segments))
  const all = alternatives.reduce<InsertedPlace>(
    (place, each) => withTry(place, tryOf(textOf(each), each)),
    now,
  )
  return { ...all, shown: now.shown }
}

/** A place whose text was continued, or `null` when the beginning of the text has changed. */
export function extended(
  document: TextDocument,
  { tries, shown }: InsertedPlace,
  { range: continuation, segments: added }: { range: TextRange; segments: readonly Segment[] },
): InsertedPlace | null {
  const { text: before, segments } = tries[shown] ?? tryOf('', [])
  const length =
    document.eol === EndOfLine.CRLF ? before.replaceAll('\n', '\r\n').length : before.length
  const { line, character } = continuation.start
  const from = document.offsetAt(new Position(line, character))
  const range = { start: document.positionAt(from - length), end: continuation.end }
  const text = textIn(document, range)
  if (!text.startsWith(before)) return null
  const now = tryOf(text, [...segments, ...added])
  // An earlier result may have been the same.
  const others = tries.filter((each, index) => index === shown || each.text !== text)
  const at = others.indexOf(tries[shown] ?? now)
  return { range, tries: others.with(at, now), shown: at }
}

export function insertedOf(
  document: TextDocument,
  places: readonly (InsertedPlace | null)[],
  oneLine: boolean,
): Inserted | null {
  const left = places.filter((place) => place !== null)
  return left.length === 0 ? null : { document, places: left, oneLine }
}

/** The alternative that is shown at the first place that has several. */
export function alternativeOf({ places }: Inserted): Alternative | undefined {
  const place = places.find(({ tries }) => tries.length > 1)
  return place && { shown: place.shown + 1, of: place.tries.length }
}

/** The text of a range, LF only */
export function textIn(document: TextDocument, range: TextRange): string {
  return document.getText(rangeOf(range)).replaceAll('\r\n', '\n')
}
