import { Range, window, type TextDocument, type TextEditor } from 'vscode'
import { compare, type Change } from '../../infill/ranges/position.ts'

/** The editor that shows a document, the active one before the others; `null` when none does. */
export function editorOf(document: TextDocument): TextEditor | null {
  const { activeTextEditor, visibleTextEditors } = window
  if (activeTextEditor?.document === document) return activeTextEditor
  return visibleTextEditors.find((editor) => editor.document === document) ?? null
}

export function isShown(editor: TextEditor): boolean {
  return window.visibleTextEditors.includes(editor)
}

/** Whether VS Code accepted the edits. It refuses what was made for an older version. */
export async function apply(
  editor: TextEditor,
  changes: readonly Change[],
  opensUndoStep: boolean,
): Promise<boolean> {
  try {
    return await editor.edit(
      (edit) => {
        for (const change of changes) {
          // Not `replace`: an insertion moves the cursor to its end, a replacement does not.
          if (change.text === '') edit.delete(toRange(change))
          else edit.insert(toRange(change).start, change.text)
        }
      },
      { undoStopBefore: opensUndoStep, undoStopAfter: false },
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

/** Whether an event reports exactly these edits. VS Code reports them in its own order. */
export function isSame(changes: readonly Change[], expected: readonly Change[]): boolean {
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
