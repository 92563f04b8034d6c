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
  type TextDocumentContentChangeEvent,
} from 'vscode'
import { advance, compare, type Position } from '../../infill/ranges/position.ts'
import {
  isWhole,
  restOf,
  takeBack,
  takeChange,
  withCursor,
  type Taken,
} from '../../infill/typedAlong.ts'
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
 *   total = sum(|items)      `(` was typed, and VS Code has closed it: `items)` takes the place of `)`
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
  #taken: Taken = { text: '', closed: '' }
  /** Whether the next move of the cursor belongs to a change */
  #isTyped = false
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
        // VS Code shows it at the primary cursor.
        if (textEditor.document === document) this.#onMove(selections[0]?.active ?? start)
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document !== document) this.stop('edited')
      }),
      workspace.onDidCloseTextDocument((closed) => {
        if (closed === document) this.stop('closed')
      }),
    )
  }

  /** `null`: not all of a choice is in the document */
  get accepted(): Accepted | null {
    return this.#accepted
  }

  /** The cursor, after what was accepted */
  get #end(): Position {
    return advance(this.#start, this.#taken.text)
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
    if (this.#endIfAccepted()) return
    const goesOn = this.#texts.some((text) => restOf(this.#taken, text) !== null)
    if (goesOn) this.#ghost.show()
    else this.stop('edited')
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
    const rests = this.#texts.flatMap((text) => restOf(this.#taken, text) ?? [])
    // Two choices may go on in the same way.
    const different = rests.filter(
      ({ insert }, index) => rests.findIndex((rest) => rest.insert === insert) === index,
    )
    return different.map(({ insert, replaces }) => {
      const range = new Range(position, position.translate(0, replaces.length))
      return new InlineCompletionItem(insert, range)
    })
  }

  #onChange({ contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return
    const [change, ...others] = contentChanges
    const next = change !== undefined && others.length === 0 ? this.#after(change) : null
    if (next === null) return this.stop('edited')
    this.#taken = next
    this.#isTyped = true
    // What is closed behind the cursor may be typed over, after a character.
    const isTypedOver = /^[^\n]+$/.test(next.closed) && change?.text.length === 1
    if (!isTypedOver && this.#endIfAccepted()) return
    // VS Code asks again only for a character.
    if (change?.text === '' || change?.text.includes('\n')) this.#ghost.show()
  }

  /** What the document has after a change; `null`: the change was elsewhere, or is something else. */
  #after({ range, rangeLength, text }: TextDocumentContentChangeEvent): Taken | null {
    const end = this.#end
    if (compare(range.start, end) === 0) {
      const here = { text: text.replaceAll('\r\n', '\n'), replaced: rangeLength }
      return takeChange(this.#taken, here, this.#texts, !this.#isWhole)
    }
    const after = range.end.character - end.character
    if (text !== '' || range.end.line !== end.line || after < 0) return null
    return takeBack(this.#taken, this.#isAt(range.start), after)
  }

  /** Whether a position is behind a text that begins where the suggestion does */
  #isAt(position: Position): (text: string) => boolean {
    return (text) => compare(advance(this.#start, text), position) === 0
  }

  #onMove(cursor: Position): void {
    const isTyped = this.#isTyped
    this.#isTyped = false
    if (compare(cursor, this.#end) === 0) return
    const taken = isTyped ? withCursor(this.#taken, this.#isAt(cursor)) : null
    if (taken !== null) {
      this.#taken = taken
      this.#ghost.show()
    } else if (!this.#endIfAccepted()) this.stop('edited')
  }

  /** Ends when all of a choice is in the document. */
  #endIfAccepted(): boolean {
    const choice = this.#texts.findIndex((text) => isWhole(this.#taken, text))
    const text = this.#texts[choice]
    if (!this.#isWhole || text === undefined || text === '') return false
    this.#accepted = { range: { start: this.#start, end: advance(this.#start, text) }, choice }
    this.stop('edited')
    return true
  }
}
