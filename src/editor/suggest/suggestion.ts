import {
  Disposable,
  InlineCompletionItem,
  languages,
  Range,
  window,
  workspace,
  type Position as TextPosition,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode'
import { advance, compare, type Position } from '../../infill/ranges/position.ts'
import type { CompletionSink, SinkStop } from '../run/completionSink.ts'
import { ghostText } from './ghostText.ts'

/** What the user has accepted of a suggestion */
export interface Accepted {
  range: { start: Position; end: Position }
  /** The index of the choice */
  choice: number
}

/**
 * Text that is suggested at the cursor and not in the document. VS Code shows it and inserts what the user
 * accepts: all of it, a word or a line.
 *
 * ```
 *   total = |sum(items)      `sum(items)` is shown
 *   total = sum|(items)      a word was accepted, or `sum` was typed
 *   total = sum(items)|      all of it: the suggestion is over
 * ```
 *
 * It is over as well when the user types something else, moves the cursor or goes to another document.
 */
export class Suggestion implements CompletionSink, Disposable {
  readonly isHeld = false
  readonly over: AbortSignal
  readonly stopped: readonly AbortSignal[]
  readonly #document: TextDocument
  readonly #start: Position
  readonly #over = new AbortController()
  readonly #ghost = ghostText()
  readonly #listening: Disposable
  /** The text of each choice; LF only */
  #texts: readonly string[] = ['']
  /** What of it the document has; LF only */
  #taken = ''
  #isWhole = false
  #accepted: Accepted | null = null

  /** @param start where the text would be inserted */
  constructor(document: TextDocument, start: Position) {
    this.#document = document
    this.#start = start
    this.over = this.#over.signal
    this.stopped = [this.over]
    this.#listening = Disposable.from(
      languages.registerInlineCompletionItemProvider(
        { pattern: '**' },
        { provideInlineCompletionItems: (at, position) => this.#itemsAt(at, position) },
      ),
      workspace.onDidChangeTextDocument((event) => {
        if (event.document === document) this.#onChange(event)
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        if (textEditor.document !== document) return
        // VS Code shows it at the primary cursor.
        const isAtEnd = compare(selections[0]?.active ?? start, this.#end) === 0
        if (!isAtEnd) this.stop('edited')
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document !== document) this.stop('edited')
      }),
      workspace.onDidCloseTextDocument((closed) => {
        if (closed === document) this.stop('closed')
      }),
    )
  }

  /** `null` until all of a choice is in the document */
  get accepted(): Accepted | null {
    return this.#accepted
  }

  /** The cursor, after what was accepted */
  get #end(): Position {
    return advance(this.#start, this.#taken)
  }

  write(_index: number, text: string): void {
    if (this.over.aborted || text === '') return
    this.#texts = [`${this.#texts[0] ?? ''}${text}`]
    this.#ghost.show()
  }

  async settled(): Promise<void> {}

  /** Adds the other choices. No more text arrives. */
  complete(others: readonly string[]): void {
    if (this.over.aborted) return
    this.#isWhole = true
    const [first = ''] = this.#texts
    this.#texts = [first, ...others]
    if (first === '') this.stop('edited')
    else if (!this.#endIfAccepted()) this.#ghost.show()
  }

  stop(reason: SinkStop): void {
    if (this.over.aborted) return
    this.#over.abort(reason)
    this.dispose()
  }

  dispose(): void {
    this.#ghost.dispose()
    this.#listening.dispose()
  }

  #itemsAt(document: TextDocument, position: TextPosition): InlineCompletionItem[] {
    if (document !== this.#document || compare(position, this.#end) !== 0) return []
    const range = new Range(position, position)
    return this.#rests().map((rest) => new InlineCompletionItem(rest, range))
  }

  /** What is left of each choice that begins with what was accepted */
  #rests(): string[] {
    const taken = this.#taken
    const rests = this.#texts.flatMap((text) =>
      text.startsWith(taken) && text.length > taken.length ? [text.slice(taken.length)] : [],
    )
    return [...new Set(rests)]
  }

  #onChange({ contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return
    const [change] = contentChanges
    const isHere =
      contentChanges.length === 1 &&
      change !== undefined &&
      change.rangeLength === 0 &&
      compare(change.range.start, this.#end) === 0
    const taken = this.#taken + (change?.text ?? '').replaceAll('\r\n', '\n')
    if (!isHere || !this.#texts.some((text) => text.startsWith(taken))) return this.stop('edited')
    this.#taken = taken
    this.#endIfAccepted()
  }

  /** Ends when all of a choice was accepted. */
  #endIfAccepted(): boolean {
    const choice = this.#texts.indexOf(this.#taken)
    if (!this.#isWhole || choice === -1) return false
    this.#accepted = { range: { start: this.#start, end: this.#end }, choice }
    this.stop('edited')
    return true
  }
}
