import { ThemeColor, window, type Disposable, type TextDocument } from 'vscode'
import { rangeOf } from '../editor/document/rangeOf.ts'
import type { Range as TextRange } from '../infill/ranges/position.ts'

/** The text to highlight */
interface Inserted {
  readonly document: TextDocument
  readonly places: readonly { readonly range: TextRange }[]
}

export interface InsertionMark extends Disposable {
  /**
   * Highlights the last insertion in every editor that shows it, until something is edited; `null`
   * removes the highlight.
   */
  show(last: { readonly current: Inserted | null; readonly isFresh: boolean } | null): void
}

/** The background of the most recent insertion */
export function createInsertionMark(): InsertionMark {
  const decoration = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor('infill.insertedTextBackground'),
    border: '1px solid',
    borderColor: new ThemeColor('infill.insertedTextBorder'),
  })
  return {
    show(last) {
      const inserted = last?.isFresh === true ? last.current : null
      const ranges = (inserted?.places ?? []).map(({ range }) => rangeOf(range))
      for (const editor of window.visibleTextEditors) {
        editor.setDecorations(decoration, editor.document === inserted?.document ? ranges : [])
      }
    },
    dispose: () => decoration.dispose(),
  }
}
