import { window, type TextDocument, type TextEditor } from 'vscode'
import { rangeOf } from '../document/rangeOf.ts'
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
          if (change.text === '') edit.delete(rangeOf(change.range))
          else edit.insert(rangeOf(change.range).start, change.text)
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

/**
 * The other changes of an event that reports these edits, in any order; `null` when it does not report
 * them all. VS Code adds changes of its own, such as removing the white space of an indented line that
 * the cursor has left.
 */
export function othersOf(
  changes: readonly Change[],
  expected: readonly Change[],
): readonly Change[] | null {
  const others = [...changes]
  for (const edit of expected) {
    const at = others.findIndex((change) => isEdit(change, edit))
    if (at === -1) return null
    others.splice(at, 1)
  }
  return others
}

function isEdit(change: Change, { range, text }: Change): boolean {
  return (
    compare(change.range.start, range.start) === 0 &&
    compare(change.range.end, range.end) === 0 &&
    change.text.replaceAll('\r\n', '\n') === text
  )
}
