import { EndOfLine, Position, Range, type TextDocument } from 'vscode'
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
  /** The choices and the earlier results, LF only; none is empty, and all are different. */
  readonly tries: readonly string[]
  /** The index of the one in the document */
  readonly shown: number
}

/** A place with its current text and the alternatives among its tries. */
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

/** A place whose text was continued, or `null` when the beginning of the text has changed. */
export function extended(
  document: TextDocument,
  { tries, shown }: InsertedPlace,
  continuation: TextRange,
): InsertedPlace | null {
  const before = tries[shown] ?? ''
  const length =
    document.eol === EndOfLine.CRLF ? before.replaceAll('\n', '\r\n').length : before.length
  const { line, character } = continuation.start
  const from = document.offsetAt(new Position(line, character))
  const range = { start: document.positionAt(from - length), end: continuation.end }
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

/** The alternative that is shown at the first place that has several. */
export function alternativeOf({ places }: Inserted): Alternative | undefined {
  const place = places.find(({ tries }) => tries.length > 1)
  return place && { shown: place.shown + 1, of: place.tries.length }
}

/** The text of a range, LF only */
export function textIn(document: TextDocument, { start, end }: TextRange): string {
  const range = new Range(start.line, start.character, end.line, end.character)
  return document.getText(range).replaceAll('\r\n', '\n')
}
