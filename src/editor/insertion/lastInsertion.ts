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
import { followAll, touches, trackedRangeOf } from '../../infill/ranges/trackedRange.ts'
import { setContext } from '../setContext.ts'
import { followDocument, type FollowedDocument } from './followDocument.ts'
import { textIn, type Inserted, type InsertedPlace } from './inserted.ts'

/** The last insertion, while its text is unchanged in the document. */
export interface LastInsertion extends Disposable {
  /** `null` while another document is active */
  readonly current: Inserted | null
  /** Whether nothing was edited since, so that an edit can still join its undo step */
  readonly isFresh: boolean
  keep(inserted: Inserted | null, isFresh: boolean): void
  /** Forgets it: the caller is about to change it, and keeps the result. */
  release(): void
  onDidChange: Event<void>
}

export function createLastInsertion(): LastInsertion {
  const changed = new EventEmitter<void>()
  let kept: Inserted | null = null
  let followed: FollowedDocument | null = null
  /** Whether it was undone; a redo may restore it. */
  let isUndone = false
  let isFresh = false

  function set(next: Inserted | null, fresh: boolean): void {
    if (next?.document !== followed?.current) {
      followed?.dispose()
      followed = next && follow(next.document)
    }
    kept = next
    isFresh = fresh
    update()
  }

  function follow(document: TextDocument): FollowedDocument {
    return followDocument(document, {
      ranges: () => (kept?.places ?? []).map(({ range }) => range),
      onChange,
      onRenamed() {
        if (kept !== null && followed !== null) set({ ...kept, document: followed.current }, false)
      },
      onClosed: () => set(null, false),
    })
  }

  function update(): void {
    const current = active()
    setContext('infill.hasInsertion', current !== null)
    const several = current?.places.some(({ tries }) => tries.length > 1) ?? false
    setContext('infill.hasAlternatives', several)
    changed.fire()
  }

  function active(): Inserted | null {
    if (kept === null || isUndone) return null
    return window.activeTextEditor?.document === kept.document ? kept : null
  }

  function onChange({ contentChanges, reason }: TextDocumentChangeEvent): void {
    if (kept === null) return
    const isTouched = kept.places.some(({ range }) =>
      contentChanges.some((change) => touches(range, change)),
    )
    if (reason !== undefined && (isTouched || isUndone)) {
      // After an undo or a redo, it is there if one of its texts is.
      const restores = contentChanges.some(({ text }) => text !== '')
      const places = restores ? findPlaces(kept) : null
      isUndone = places === null
      return set(places === null ? kept : { ...kept, places }, false)
    }
    // After another edit, the undone text can no longer be redone.
    if (isUndone) return set(null, false)
    const places = kept.places.flatMap((place) => {
      const range = followAll({ ...trackedRangeOf(place.range), replaces: false }, contentChanges)
      return range === null ? [] : [{ ...place, range }]
    })
    set(places.length === 0 ? null : { ...kept, places }, false)
  }

  const listeners = Disposable.from(
    // Saving a document closes its undo step.
    workspace.onDidSaveTextDocument((document) => {
      if (document === kept?.document) isFresh = false
    }),
    window.onDidChangeActiveTextEditor(update),
    changed,
  )

  return {
    get current() {
      return active()
    },
    get isFresh() {
      return isFresh
    },
    keep(inserted, fresh) {
      isUndone = false
      set(inserted, fresh)
    },
    release: () => set(null, false),
    onDidChange: changed.event,
    dispose() {
      followed?.dispose()
      listeners.dispose()
    },
  }
}

/**
 * The places with the tries that are in the document now, or `null` when the text of one is not
 * found.
 */
function findPlaces({ document, places }: Inserted): InsertedPlace[] | null {
  const now = places.map((place): InsertedPlace | null => {
    const { start } = place.range
    const found = place.tries.filter(({ text }) => textAt(document, start, text) === text)
    const longest = found.toSorted((a, b) => b.text.length - a.text.length)[0]
    if (longest === undefined) return null
    return {
      ...place,
      range: { start, end: advance(start, longest.text) },
      shown: place.tries.indexOf(longest),
    }
  })
  return now.every((place) => place !== null) ? now : null
}

function textAt(document: TextDocument, start: Position, text: string): string {
  const end = advance(start, text)
  return textIn(document, { start, end })
}
