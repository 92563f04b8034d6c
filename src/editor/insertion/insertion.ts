import {
  TextDocumentChangeReason,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
} from 'vscode'
import type { Change, Range } from '../../infill/ranges/position.ts'
import {
  followAll,
  grow,
  touches,
  trackedRangeOf,
  type TrackedRange,
} from '../../infill/ranges/trackedRange.ts'
import type { CompletionSink, SinkStop } from '../run/completionSink.ts'
import { apply, editorOf, isShown, othersOf } from './edits.ts'
import { followDocument, type FollowedDocument } from './followDocument.ts'
import { whenShown } from './whenShown.ts'

/** One place that text is inserted at. */
interface InsertionPoint {
  range: TrackedRange
  /** Text that is not in the document yet */
  pending: string
  stopped: AbortController
}

export interface InsertionOptions {
  /** Whether the text joins the open undo step, which is that of an earlier insertion */
  joins?: boolean
  /** Called when text starts and stops waiting for the document to be shown */
  onHeld?: (isHeld: boolean) => void
}

/**
 * Inserts text that arrives in pieces into one or more ranges of a document, as one undo step.
 *
 * It belongs to the document, not to the active editor: it follows edits by others and renames, waits
 * while the document is not visible, and stops at a range that somebody edits. Text that arrives during
 * an edit goes into the next one, so edits never queue up.
 */
export class Insertion implements CompletionSink {
  readonly #followed: FollowedDocument
  /** The editor to write through while it is visible: its cursor moves with the text. */
  #editor: TextEditor | null
  readonly #onHeld: InsertionOptions['onHeld']
  #isHeld = false
  readonly #points: readonly InsertionPoint[]
  readonly #over = new AbortController()
  /** The edit that was passed to VS Code and has not been reported by an event yet */
  #inFlight: { changes: readonly Change[]; texts: readonly string[] } | null = null
  /** Whether the document's last edit was one of ours, so that its undo step is still ours */
  #isLatest: boolean
  /** Whether there is an undo step with text of ours in it */
  #hasStep: boolean
  #writing: Promise<void> | null = null

  /** @param selections one range for each cursor or selection */
  constructor(
    document: TextDocument,
    selections: readonly Range[],
    { joins = false, onHeld }: InsertionOptions = {},
  ) {
    this.#hasStep = joins
    this.#isLatest = joins
    this.#onHeld = onHeld
    this.#editor = editorOf(document)
    this.#points = selections.map((selection) => ({
      range: trackedRangeOf(selection),
      pending: '',
      stopped: new AbortController(),
    }))
    this.#followed = followDocument(document, {
      ranges: () => this.ranges,
      onChange: (event) => this.#onChange(event),
      onRenamed: () => {
        // Undo steps of the old document cannot be joined.
        this.#hasStep = false
        this.#isLatest = false
      },
      onClosed: () => this.#stop('closed'),
    })
  }

  /** The document of the command, or its successor after a rename */
  get document(): TextDocument {
    return this.#followed.current
  }

  get stopped(): readonly AbortSignal[] {
    return this.#points.map(({ stopped }) => stopped.signal)
  }

  get over(): AbortSignal {
    return this.#over.signal
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  /** The current ranges: inserted text, or selections that are yet to be replaced */
  get ranges(): readonly TrackedRange[] {
    return this.#points.map(({ range }) => range)
  }

  /** Whether a further edit can join the same undo step */
  get isOpen(): boolean {
    return this.#isLatest
  }

  write(index: number, text: string): void {
    const point = this.#points[index]
    if (point === undefined || text === '' || point.stopped.signal.aborted) return
    point.pending += text
    this.#writing ??= this.#flush().finally(() => {
      this.#writing = null
    })
  }

  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  dispose(): void {
    this.#followed.dispose()
  }

  get #hasPending(): boolean {
    return this.#points.some(({ pending }) => pending !== '')
  }

  async #flush(): Promise<void> {
    while (this.#hasPending) {
      this.#editor = this.#visibleEditor() ?? (await this.#waitForEditor())
      if (this.#editor !== null) await this.#edit(this.#editor)
    }
  }

  async #edit(editor: TextEditor): Promise<void> {
    const texts = this.#points.map(({ pending }) => pending)
    const growth = grow(this.ranges, texts)
    const { document } = editor
    const { version } = document
    this.#inFlight = { changes: growth.changes, texts }
    const accepted = await apply(editor, growth.changes, !this.#isLatest)
    const applied = this.#inFlight === null
    this.#inFlight = null
    if (applied) {
      this.#hasStep = true
      for (const [index, point] of this.#points.entries()) {
        point.pending = point.pending.slice(texts[index]?.length)
      }
    } else if (document !== this.document) {
      // The file was renamed meanwhile: the text goes into the document of the new name.
      return
    } else if (accepted || (document.version === version && isShown(editor))) {
      // VS Code accepts an edit of a read-only editor and does nothing. If it refused the edit and the
      // document has not changed meanwhile, it would refuse the next one as well.
      this.#stop('refused')
    }
  }

  #onChange({ contentChanges, reason }: TextDocumentChangeEvent): void {
    const others = this.#inFlight && othersOf(contentChanges, this.#inFlight.changes)
    if (this.#inFlight !== null && others !== null) {
      // Edits of one event do not overlap, so it is as if the others had been made before ours.
      const ranges = this.ranges.map((range) => followAll(range, others) ?? range)
      const growth = grow(ranges, this.#inFlight.texts)
      for (const [index, point] of this.#points.entries()) {
        point.range = growth.ranges[index] ?? point.range
      }
      this.#inFlight = null
      this.#isLatest = true
      return
    }
    this.#isLatest = false
    const isUndone =
      reason === TextDocumentChangeReason.Undo &&
      this.#hasStep &&
      contentChanges.some((change) => this.ranges.some((range) => touches(range, change)))
    if (isUndone) return this.#stop('undone')
    for (const point of this.#points) {
      const range = followAll(point.range, contentChanges)
      if (range === null) this.#stop('edited', [point])
      else point.range = range
    }
  }

  #stop(reason: SinkStop, points: readonly InsertionPoint[] = this.#points): void {
    for (const point of points) {
      point.pending = ''
      point.stopped.abort(reason)
    }
    if (this.stopped.every(({ aborted }) => aborted)) this.#over.abort(reason)
  }

  /** The editor to write through: the previous one, if it is still visible */
  #visibleEditor(): TextEditor | null {
    const editor = this.#editor
    const isUsable = editor !== null && editor.document === this.document && isShown(editor)
    return isUsable ? editor : editorOf(this.document)
  }

  /** Waits for an editor of the document; `null` when no text is left to insert. */
  async #waitForEditor(): Promise<TextEditor | null> {
    this.#setHeld(true)
    try {
      return await whenShown(() => editorOf(this.document), {
        isOver: () => !this.#hasPending,
        signals: this.stopped,
      })
    } finally {
      this.#setHeld(false)
    }
  }

  #setHeld(isHeld: boolean): void {
    this.#isHeld = isHeld
    this.#onHeld?.(isHeld)
  }
}
