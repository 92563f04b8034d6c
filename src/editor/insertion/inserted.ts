import { EndOfLine, Position, Range, type TextDocument } from 'vscode'
import type { Range as Span } from '../../infill/ranges/position.ts'
import type { Alternative } from '../../usage/progress.ts'

/** What was inserted last, and what else could stand there. */
export interface Inserted {
  readonly document: TextDocument
  readonly places: readonly InsertedPlace[]
  readonly oneLine: boolean
}

export interface InsertedPlace {
  readonly range: Span
  /** The choices and the earlier tries, LF only; none is empty, and no two are the same. */
  readonly tries: readonly string[]
  /** Which of them stands there */
  readonly shown: number
}

/** A place with what stands there and its alternatives among its tries */
export function withTries(
  document: TextDocument,
  {
    range,
    tries,
    alternatives,
  }: Pick<InsertedPlace, 'range' | 'tries'> & {
    alternatives: readonly string[]
  },
): InsertedPlace {
  const text = textIn(document, range)
  const all = [...new Set([...tries, text, ...alternatives])]
  return { range, tries: all, shown: all.indexOf(text) }
}

/** A place that was gone on with, or `null` when its beginning is no longer what it was */
export function longer(
  document: TextDocument,
  { tries, shown }: InsertedPlace,
  more: Span,
): InsertedPlace | null {
  const before = tries[shown] ?? ''
  const length =
    document.eol === EndOfLine.CRLF ? before.replaceAll('\n', '\r\n').length : before.length
  const from = document.offsetAt(new Position(more.start.line, more.start.character))
  const range = { start: document.positionAt(from - length), end: more.end }
  const text = textIn(document, range)
  if (!text.startsWith(before)) return null
  return { range, tries: tries.with(shown, text), shown }
}

export function insertedOf(
  document: TextDocument,
  places: readonly (InsertedPlace | null)[],
  oneLine: boolean,
): Inserted | null {
  const left = places.filter((place) => place !== null)
  return left.length === 0 ? null : { document, places: left, oneLine }
}

/** Of several places the first that has any */
export function alternativeOf({ places }: Inserted): Alternative | undefined {
  const place = places.find(({ tries }) => tries.length > 1)
  return place && { shown: place.shown + 1, of: place.tries.length }
}

/** What stands in a range, LF only */
export function textIn(document: TextDocument, { start, end }: Span): string {
  const range = new Range(start.line, start.character, end.line, end.character)
  return document.getText(range).replaceAll('\r\n', '\n')
}
