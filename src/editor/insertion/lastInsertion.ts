import {
  Disposable,
  EventEmitter,
  window,
  workspace,
  type Event,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode'
import { advance, type Position } from '../../infill/ranges/position.ts'
import { followAll, trackedRangeOf, touches } from '../../infill/ranges/trackedRange.ts'
import { textIn, type Inserted, type InsertedPlace } from './inserted.ts'
import { setContext } from '../setContext.ts'

/** The last insertion, for as long as it stands in its document as it was inserted. */
export interface LastInsertion extends Disposable {
  /** Only while its document is in front */
  readonly current: Inserted | null
  /** Whether nothing has been edited since, so that an edit can still belong to its undo step */
  readonly isFresh: boolean
  keep(inserted: Inserted | null, fresh: boolean): void
  /** Lets go of it: somebody is about to change it, and keeps what comes of that. */
  take(): void
  onDidChange: Event<void>
}

export function createLastInsertion(): LastInsertion {
  const changed = new EventEmitter<void>()
  let kept: Inserted | null = null
  /** Not there now, but a redo may bring it back to where it was. */
  let isUndone = false
  let isFresh = false

  function set(next: Inserted | null, fresh: boolean): void {
    kept = next
    isFresh = fresh
    tell()
  }

  function tell(): void {
    const current = inFront()
    setContext('infill.hasInsertion', current !== null)
    const several = current?.places.some(({ tries }) => tries.length > 1) ?? false
    setContext('infill.hasAlternatives', several)
    changed.fire()
  }

  function inFront(): Inserted | null {
    const isThere = kept !== null && !isUndone
    return isThere && window.activeTextEditor?.document === kept?.document ? kept : null
  }

  function onChange({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    if (kept === null || document !== kept.document || contentChanges.length === 0) return
    const touched = kept.places.some(({ range }) =>
      contentChanges.some((change) => touches(range, change)),
    )
    if (reason !== undefined && (touched || isUndone)) {
      // Whatever was undone or redone: it is there as long as one of its texts is.
      const brings = contentChanges.some(({ text }) => text !== '')
      const places = brings ? found(kept) : null
      isUndone = places === null
      return set(places === null ? kept : { ...kept, places }, false)
    }
    // What was undone and can no longer be redone
    if (isUndone) return set(null, false)
    const places = kept.places.flatMap((place) => {
      const range = followAll({ ...trackedRangeOf(place.range), replaces: false }, contentChanges)
      return range === null ? [] : [{ ...place, range }]
    })
    set(places.length === 0 ? null : { ...kept, places }, false)
  }

  const listeners = Disposable.from(
    workspace.onDidChangeTextDocument(onChange),
    workspace.onDidCloseTextDocument((document) => {
      if (document === kept?.document && document.isClosed) set(null, false)
    }),
    // VS Code ends the undo step when it saves.
    workspace.onDidSaveTextDocument((document) => {
      if (document === kept?.document) isFresh = false
    }),
    window.onDidChangeActiveTextEditor(tell),
    changed,
  )

  return {
    get current() {
      return inFront()
    },
    get isFresh() {
      return isFresh
    },
    keep(inserted, fresh) {
      isUndone = false
      set(inserted, fresh)
    },
    take: () => set(null, false),
    onDidChange: changed.event,
    dispose: () => listeners.dispose(),
  }
}

/** The places with the tries that stand there now, or `null` when one has none of its own. */
function found({ document, places }: Inserted): InsertedPlace[] | null {
  const now = places.map((place): InsertedPlace | null => {
    const { start } = place.range
    const texts = place.tries.filter((text) => textAt(document, start, text) === text)
    const text = texts.toSorted((a, b) => b.length - a.length)[0]
    if (text === undefined) return null
    return {
      ...place,
      range: { start, end: advance(start, text) },
      shown: place.tries.indexOf(text),
    }
  })
  return now.every((place) => place !== null) ? now : null
}

function textAt(document: TextDocument, start: Position, text: string): string {
  const end = advance(start, text)
  return textIn(document, { start, end })
}
