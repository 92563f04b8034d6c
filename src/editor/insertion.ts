import {
  Disposable,
  TextDocumentChangeReason,
  window,
  workspace,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
} from 'vscode'
import type { Range } from '../infill/position.ts'
import { followAll, grow, targetOf, touches, type Growth, type Target } from '../infill/target.ts'
import { apply, editorOf, isSame, isShown } from './edits.ts'

/** Why an insertion ended before its text did. */
export type Stopped = 'undone' | 'edited' | 'closed' | 'refused'

interface Place {
  target: Target
  /** What has arrived for it and is not in the document yet */
  pending: string
  stopped: AbortController
}

/**
 * Writes texts that arrive bit by bit into places of one document, as one undo step.
 *
 * It belongs to the document, not to the editor that happens to be active: it follows the edits of
 * others, waits while the document is not shown, and lets go of a place when somebody edits within
 * it. What arrives while an edit is on its way goes into the next one, so edits never queue up.
 */
export class Insertion {
  readonly #document: TextDocument
  readonly #joins: boolean
  readonly #places: readonly Place[]
  readonly #over = new AbortController()
  readonly #listeners: Disposable
  /** The edit that was given to VS Code and has not come back as an event yet */
  #underWay: Growth | null = null
  /** Whether the document's last edit was one of ours, so that its undo step is still ours */
  #isLatest: boolean
  /** How many edits went in; each of them but the first continues the first one's undo step. */
  #edits = 0
  #writing: Promise<void> | null = null

  /**
   * One place for each caret or selection.
   *
   * `joins`: the text belongs to the undo step that is open, which is that of an earlier insertion.
   */
  constructor(into: TextDocument, selections: readonly Range[], { joins = false } = {}) {
    this.#document = into
    this.#joins = joins
    this.#isLatest = joins
    this.#places = selections.map((selection) => ({
      target: targetOf(selection),
      pending: '',
      stopped: new AbortController(),
    }))
    this.#listeners = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) this.#stop('closed')
      }),
    )
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
  get targets(): readonly Target[] {
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
      const editor = editorOf(this.#document) ?? (await this.#shown())
      if (editor !== null) await this.#edit(editor)
    }
  }

  async #edit(editor: TextEditor): Promise<void> {
    const texts = this.#places.map(({ pending }) => pending)
    const growth = grow(
      this.#places.map(({ target }) => target),
      texts,
    )
    const { version } = this.#document
    this.#underWay = growth
    const accepted = await apply(editor, growth.changes, this.#edits === 0 && !this.#joins)
    const applied = this.#underWay === null
    this.#underWay = null
    if (applied) {
      this.#edits++
      for (const [index, place] of this.#places.entries()) {
        place.pending = place.pending.slice(texts[index]?.length)
      }
    } else if (accepted || (this.#document.version === version && isShown(editor))) {
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
      (this.#edits > 0 || this.#joins) &&
      contentChanges.some((change) => this.#places.some(({ target }) => touches(target, change)))
    if (undone) return this.#stop('undone')
    for (const place of this.#places) {
      const target = followAll(place.target, contentChanges)
      if (target === null) this.#stop('edited', [place])
      else place.target = target
    }
  }

  #stop(why: Stopped, places: readonly Place[] = this.#places): void {
    for (const place of places) {
      place.pending = ''
      place.stopped.abort(why)
    }
    if (this.stopped.every(({ aborted }) => aborted)) this.#over.abort(why)
  }

  /** The editor that shows the document again, or `null` when nothing is left to be shown first. */
  async #shown(): Promise<TextEditor | null> {
    const { promise, resolve } = Promise.withResolvers<TextEditor | null>()
    const stop = (): void => {
      if (!this.#hasPending) resolve(null)
    }
    const shown = window.onDidChangeVisibleTextEditors(() => {
      const editor = editorOf(this.#document)
      if (editor !== null) resolve(editor)
    })
    for (const signal of this.stopped) signal.addEventListener('abort', stop)
    try {
      return await promise
    } finally {
      shown.dispose()
      for (const signal of this.stopped) signal.removeEventListener('abort', stop)
    }
  }
}
