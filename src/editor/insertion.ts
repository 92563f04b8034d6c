import {
  Disposable,
  Range,
  TextDocumentChangeReason,
  window,
  workspace,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
} from 'vscode'
import { compare, type Change } from '../infill/position.ts'
import { followAll, grown, insertionOf, targetOf, touches, type Target } from '../infill/target.ts'

/** Why an insertion ended before its text did. */
export type Stopped = 'undone' | 'edited' | 'closed' | 'refused'

/**
 * Writes text that arrives bit by bit into one place of one document, as one undo step.
 *
 * It belongs to the document, not to the editor that happens to be active: it follows the edits of
 * others, waits while the document is not shown, and lets go when somebody edits within it. What
 * arrives while an edit is on its way goes into the next one, so edits never queue up.
 */
export class Insertion {
  readonly #document: TextDocument
  readonly #stopped = new AbortController()
  readonly #listeners: Disposable
  #target: Target
  #pending = ''
  /** The edits that were given to VS Code and have not come back as an event yet */
  #underWay: readonly Change[] | null = null
  /** How many edits went in; each of them but the first continues the first one's undo step. */
  #edits = 0
  #writing: Promise<void> | null = null

  constructor(editor: TextEditor) {
    this.#document = editor.document
    this.#target = targetOf(editor.selection)
    this.#listeners = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
      workspace.onDidCloseTextDocument((document) => {
        if (document === this.#document) this.#stop('closed')
      }),
    )
  }

  /** Aborted, with a `Stopped` as its reason, when the insertion can take no more text. */
  get stopped(): AbortSignal {
    return this.#stopped.signal
  }

  /** Takes text to be inserted as soon as that can be done; LF only. */
  write(text: string): void {
    if (text === '' || this.#stopped.signal.aborted) return
    this.#pending += text
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

  async #flush(): Promise<void> {
    while (this.#pending !== '' && !this.#stopped.signal.aborted) {
      const editor = editorOf(this.#document) ?? (await this.#shown())
      if (editor !== null) await this.#edit(editor)
    }
  }

  async #edit(editor: TextEditor): Promise<void> {
    const text = this.#pending
    const changes = insertionOf(this.#target, text)
    const { version } = this.#document
    this.#underWay = changes
    const accepted = await apply(editor, changes, this.#edits === 0)
    const applied = this.#underWay === null
    this.#underWay = null
    if (applied) {
      this.#edits++
      this.#pending = this.#pending.slice(text.length)
    } else if (accepted || (this.#document.version === version && isShown(editor))) {
      // VS Code accepts an edit of a read-only editor and does nothing. If it refused the edit and
      // the document has not changed meanwhile, it would refuse the next one too.
      this.#stop('refused')
    }
  }

  #onChange({ document, contentChanges, reason }: TextDocumentChangeEvent): void {
    if (document !== this.#document || contentChanges.length === 0) return
    if (this.#underWay !== null && isSame(contentChanges, this.#underWay)) {
      this.#target = grown(this.#target, this.#underWay)
      this.#underWay = null
      return
    }
    const undo =
      reason === TextDocumentChangeReason.Undo &&
      this.#edits > 0 &&
      contentChanges.some((change) => touches(this.#target, change))
    if (undo) return this.#stop('undone')
    const target = followAll(this.#target, contentChanges)
    if (target === null) this.#stop('edited')
    else this.#target = target
  }

  #stop(why: Stopped): void {
    this.#pending = ''
    this.#stopped.abort(why)
  }

  /** The editor that shows the document again, or `null` when the insertion stops before one does. */
  async #shown(): Promise<TextEditor | null> {
    const { promise, resolve } = Promise.withResolvers<TextEditor | null>()
    const stop = (): void => resolve(null)
    const shown = window.onDidChangeVisibleTextEditors(() => {
      const editor = editorOf(this.#document)
      if (editor !== null) resolve(editor)
    })
    this.#stopped.signal.addEventListener('abort', stop)
    try {
      return await promise
    } finally {
      shown.dispose()
      this.#stopped.signal.removeEventListener('abort', stop)
    }
  }
}

function editorOf(document: TextDocument): TextEditor | null {
  const { activeTextEditor, visibleTextEditors } = window
  if (activeTextEditor?.document === document) return activeTextEditor
  return visibleTextEditors.find((editor) => editor.document === document) ?? null
}

function isShown(editor: TextEditor): boolean {
  return window.visibleTextEditors.includes(editor)
}

/** Whether VS Code accepted the edits. It refuses what was made for an older version. */
async function apply(
  editor: TextEditor,
  changes: readonly Change[],
  isFirst: boolean,
): Promise<boolean> {
  try {
    return await editor.edit(
      (edit) => {
        for (const change of changes) {
          // Not `replace`: an insertion takes the caret along, a replacement leaves it behind.
          if (change.text === '') edit.delete(toRange(change))
          else edit.insert(toRange(change).start, change.text)
        }
      },
      { undoStopBefore: isFirst, undoStopAfter: false },
    )
  } catch (error) {
    // The one thing that it throws for: the editor was closed in the meantime.
    if (!isShown(editor)) return false
    throw error
  }
}

function toRange({ range: { start, end } }: Change): Range {
  return new Range(start.line, start.character, end.line, end.character)
}

function isSame(changes: readonly Change[], expected: readonly Change[]): boolean {
  return (
    changes.length === expected.length &&
    expected.every(({ range, text }) =>
      changes.some(
        (change) =>
          compare(change.range.start, range.start) === 0 &&
          compare(change.range.end, range.end) === 0 &&
          change.text.replaceAll('\r\n', '\n') === text,
      ),
    )
  )
}
