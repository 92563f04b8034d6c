import { Range, ThemeColor, window, type Disposable, type TextDocument } from 'vscode'
import type { Range as TextRange } from '../infill/ranges/position.ts'

/** The text to highlight */
interface Inserted {
  readonly document: TextDocument
  readonly places: readonly { readonly range: TextRange }[]
}

export interface InsertionMark extends Disposable {
  /** Highlights the ranges in every editor that shows them; `null` removes the highlight. */
  show(inserted: Inserted | null): void
}

/** The background of the most recent insertion */
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
