import type { TextDocument, TextEditor } from 'vscode'
import type { Segment } from '../../infill/filters/segment.ts'
import type { Range as PlainRange } from '../../infill/ranges/position.ts'
import { Insertion } from '../insertion/insertion.ts'
import { tidy, type Tidied } from '../insertion/tidy.ts'
import { othersIn, type Received } from './received.ts'
import type { SessionResult } from './session.ts'
import { sessionAt, validSelections, type SessionAtOptions } from './sessionAt.ts'

/** Where a run writes. */
export interface Target {
  editor: TextEditor
  /** Cursors, and selections to be replaced */
  selections: readonly PlainRange[]
  /** Whether its edits join the undo step of the previous insertion */
  joins: boolean
}

export interface Outcome extends Omit<SessionResult, 'received'> {
  /** The document of the editor, or its successor after a rename */
  document: TextDocument
  /** In the order of the selections; `null` where the text was edited meanwhile */
  places: (InsertedText | null)[]
  /** Whether a further edit can join the same undo step */
  isOpen: boolean
}

export interface InsertedText {
  /** The inserted text, or the selection that was to be replaced */
  range: PlainRange
  hasText: boolean
  /** What arrived, with its tokens; not always what is in the document */
  segments: readonly Segment[]
  /** The other choices of the response */
  alternatives: readonly (readonly Segment[])[]
}

/** Streams one completion into the document at each cursor. It never throws. */
export async function completeAt(
  { editor, selections: given, joins }: Target,
  options: SessionAtOptions,
): Promise<Outcome> {
  const selections = validSelections(editor.document, given)
  const onHeld = (isHeld: boolean): void => {
    if (isHeld) options.report({ kind: 'held' })
  }
  const insertion = new Insertion(editor.document, selections, { joins, onHeld })
  try {
    const { received, ...result } = await sessionAt(editor, selections, insertion, options)
    const places = insertedTexts(insertion, received)
    const { document } = insertion
    const end = result.progress.kind === 'done' ? result.progress.end : null
    const isFinished = end !== null && end.by !== 'user' && insertion.isOpen
    const tidied = isFinished ? await tidiedPlaces(document, places, options) : null
    return {
      ...result,
      document,
      places: tidied?.places ?? places,
      isOpen: tidied?.hasChanged === true ? tidied.isOpen : insertion.isOpen,
    }
  } finally {
    insertion.dispose()
  }
}

/** The places after what the user’s settings want done with inserted text */
async function tidiedPlaces(
  document: TextDocument,
  places: readonly (InsertedText | null)[],
  { settings, signal }: SessionAtOptions,
): Promise<Pick<Tidied, 'hasChanged' | 'isOpen'> & { places: (InsertedText | null)[] }> {
  const tidied = await tidy(document, places, { kind: settings.afterInsert, signal })
  return {
    ...tidied,
    places: places.map((place, at) => {
      const range = tidied.ranges[at] ?? null
      return place && range && { ...place, range }
    }),
  }
}

function insertedTexts(
  { ranges, stopped }: Insertion,
  received: readonly Received[],
): (InsertedText | null)[] {
  return ranges.map(({ start, end, replaces }, index) => {
    if (stopped[index]?.aborted === true) return null
    const hasText = !replaces && (start.line !== end.line || start.character !== end.character)
    const own: Received = received[index] ?? new Map()
    return {
      range: { start, end },
      hasText,
      segments: own.get(0) ?? [],
      alternatives: othersIn(own),
    }
  })
}
