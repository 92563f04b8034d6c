import {
  Disposable,
  TextDocumentChangeReason,
  workspace,
  type FileRenameEvent,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  type Uri,
} from 'vscode'
import type { Range } from '../../infill/ranges/position.ts'
import {
  followAll,
  grow,
  trackedRangeOf,
  touches,
  type Growth,
  type TrackedRange,
} from '../../infill/ranges/trackedRange.ts'
import { apply, editorOf, isSame, isShown } from './edits.ts'
import { renamed } from './renames.ts'
import { whenShown } from './whenShown.ts'

/** Why an insertion ended before its text did. */
export type Stopped = 'undone' | 'edited' | 'closed' | 'refused'

interface Place {
  target: TrackedRange
  /** What has arrived for it and is not in the document yet */
  pending: string
  stopped: AbortController
}

export interface InsertionOptions {
  /** Whether the text belongs to the undo step that is open, which is that of an earlier insertion */
  joins?: boolean
  /** Told when text has come that waits for the document to be shown, and when that is over. */
  onHeld?: (isHeld: boolean) => void
}

/**
 * Writes texts that arrive bit by bit into places of one document, as one undo step.
 *
 * It belongs to the document, not to the editor that happens to be active: it follows the edits of
 * others, waits while the document is not shown, goes along when the file is renamed, and lets go of
 * a place when somebody edits within it. What arrives while an edit is on its way goes into the next
 * one, so edits never queue up.
 */
export class Insertion {
  #document: TextDocument
  /** The editor that it writes through, as long as that is shown: its caret goes along. */
  #editor: TextEditor | null
  /** The new name of a file that was renamed, until VS Code has opened it under that name */
  #renamed: Uri | null = null
  readonly #onHeld: InsertionOptions['onHeld']
  readonly #places: readonly Place[]
  readonly #over = new AbortController()
  readonly #listeners: Disposable
  /** The edit that was given to VS Code and has not come back as an event yet */
  #underWay: Growth | null = null
  /** Whether the document's last edit was one of ours, so that its undo step is still ours */
  #isLatest: boolean
  /** Whether there is an undo step with text of ours in it */
  #hasStep: boolean
  #writing: Promise<void> | null = null

  /** One place for each caret or selection. */
  constructor(
    into: TextDocument,
    selections: readonly Range[],
    { joins = false, onHeld }: InsertionOptions = {},
  ) {
    this.#document = into
    this.#hasStep = joins
    this.#onHeld = onHeld
    this.#isLatest = joins
    this.#editor = editorOf(into)
    this.#places = selections.map((selection) => ({
      target: trackedRangeOf(selection),
      pending: '',
      stopped: new AbortController(),
    }))
    this.#listeners = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      workspace.onDidRenameFiles((event) => this.#onRename(event)),
      workspace.onDidOpenTextDocument(() => this.#goAlong()),
      workspace.onDidCloseTextDocument((document) => {
        // Told also of a document that stays, when its language is changed.
        if (document !== this.#document || !document.isClosed) return
        if (this.#renamed === null) this.#stop('closed')
      }),
    )
  }

  /** The one of the command, or what it has become by being renamed */
  get document(): TextDocument {
    return this.#document
  }

  /** Each aborted, with a `Stopped` as its reason, when its place can take no more text. */
  get stopped(): readonly AbortSignal[] {
    return this.#places.map(({ stopped }) => stopped.signal)
  }

  /** Aborted, with the last `Stopped` as its reason, when no place can take any more. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  /** Where the texts are by now: what has been inserted, or what is to be replaced and is there yet. */
  get targets(): readonly TrackedRange[] {
    return this.#places.map(({ target }) => target)
  }

  /** Whether a further edit can belong to the same undo step */
  get isOpen(): boolean {
    return this.#isLatest
  }

  /** Takes text to be inserted in a place as soon as that can be done; LF only. */
  write(index: number, text: string): void {
    const place = this.#places[index]
    if (place === undefined || text === '' || place.stopped.signal.aborted) return
    place.pending += text
    this.#writing ??= this.#flush().finally(() => {
      this.#writing = null
    })
  }

  /** Resolves when all the text is in the document, or when the insertion has stopped. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  dispose(): void {
    this.#listeners.dispose()
  }

  get #hasPending(): boolean {
    return this.#places.some(({ pending }) => pending !== '')
  }

  async #flush(): Promise<void> {
    while (this.#hasPending) {
      this.#editor = this.#shownIn() ?? (await this.#shown())
      if (this.#editor !== null) await this.#edit(this.#editor)
    }
  }

  async #edit(editor: TextEditor): Promise<void> {
    const texts = this.#places.map(({ pending }) => pending)
    const growth = grow(
      this.#places.map(({ target }) => target),
      texts,
    )
    const { document } = editor
    const { version } = document
    this.#underWay = growth
    const accepted = await apply(editor, growth.changes, !this.#isLatest)
    const applied = this.#underWay === null
    this.#underWay = null
    if (applied) {
      this.#hasStep = true
      for (const [index, place] of this.#places.entries()) {
        place.pending = place.pending.slice(texts[index]?.length)
      }
    } else if (document !== this.#document) {
      // The file was renamed in between: the text goes to the document of the new name.
      return
    } else if (accepted || (document.version === version && isShown(editor))) {
      // VS Code accepts an edit of a read-only editor and does nothing. If it refused the edit and
      // the document has not changed meanwhile, it would refuse the next one too.
      this.#stop('refused')
    }
  }

  #onChange({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    if (document !== this.#document || contentChanges.length === 0) return
    if (this.#underWay !== null && isSame(contentChanges, this.#underWay.changes)) {
      for (const [index, place] of this.#places.entries()) {
        place.target = this.#underWay.targets[index] ?? place.target
      }
      this.#underWay = null
      this.#isLatest = true
      return
    }
    this.#isLatest = false
    const undone =
      reason === TextDocumentChangeReason.Undo &&
      this.#hasStep &&
      contentChanges.some((change) => this.#places.some(({ target }) => touches(target, change)))
    if (undone) return this.#stop('undone')
    for (const place of this.#places) {
      const target = followAll(place.target, contentChanges)
      if (target === null) this.#stop('edited', [place])
      else place.target = target
    }
  }

  #onRename(event: FileRenameEvent): void {
    this.#renamed = renamed(this.#renamed ?? this.#document.uri, event) ?? this.#renamed
    this.#goAlong()
  }

  /** Goes on in the document that VS Code has made of one that was renamed; the old one is closed. */
  #goAlong(): void {
    const uri = this.#renamed?.toString()
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri)
    if (uri === undefined || document === undefined) return
    this.#renamed = null
    if (document === this.#document) return
    // Places in one text are good for the other only if both are the same.
    if (document.getText() !== this.#document.getText()) return this.#stop('closed')
    this.#document = document
    // What VS Code undoes in the old one is not ours to go on with.
    this.#hasStep = false
    this.#isLatest = false
  }

  #stop(why: Stopped, places: readonly Place[] = this.#places): void {
    for (const place of places) {
      place.pending = ''
      place.stopped.abort(why)
    }
    if (this.stopped.every(({ aborted }) => aborted)) this.#over.abort(why)
  }

  /** The editor to write through: the one that it was written through so far before any other. */
  #shownIn(): TextEditor | null {
    const editor = this.#editor
    const isGood = editor !== null && editor.document === this.#document && isShown(editor)
    return isGood ? editor : editorOf(this.#document)
  }

  /** The editor that shows the document again, or `null` when nothing is left to be shown first. */
  async #shown(): Promise<TextEditor | null> {
    this.#onHeld?.(true)
    try {
      return await whenShown(() => editorOf(this.#document), {
        isOver: () => !this.#hasPending,
        signals: this.stopped,
      })
    } finally {
      this.#onHeld?.(false)
    }
  }
}
