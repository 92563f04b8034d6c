import { Range, ThemeColor, window, type Disposable, type TextDocument } from 'vscode'

/** What is to be marked. */
interface Inserted {
  readonly document: TextDocument
  readonly places: readonly { readonly range: Span }[]
}

interface Span {
  readonly start: { readonly line: number; readonly character: number }
  readonly end: { readonly line: number; readonly character: number }
}

export interface InsertionMark extends Disposable {
  /** Marks the places in every editor that shows them, or with `null` none. */
  show(inserted: Inserted | null): void
}

/** The soft background of what was inserted last. */
export function createInsertionMark(): InsertionMark {
  const decoration = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('infill.insertedTextBackground'),
    border: '1px solid',
    borderColor: new ThemeColor('infill.insertedTextBorder'),
  })
  return {
    show(inserted) {
      const ranges = (inserted?.places ?? []).map(
        ({ range: { start, end } }) =>
          new Range(start.line, start.character, end.line, end.character),
      )
      for (const editor of window.visibleTextEditors) {
        editor.setDecorations(decoration, editor.document === inserted?.document ? ranges : [])
      }
    },
    dispose: () => decoration.dispose(),
  }
}
