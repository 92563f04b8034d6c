import { commands, Selection, window, workspace, type TextEditor } from 'vscode'

export const SMALL =
  'function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0)\n}\n'
export const MEGABYTE = SMALL.repeat(Math.ceil(1_000_000 / SMALL.length))
/** VS Code passes larger documents to extensions, but switches many of its own features off. */
export const TWENTY_MEGABYTES = SMALL.repeat(Math.ceil(20_000_000 / SMALL.length))

/** An editor of a new document, with its cursors in the middle, one line apart */
export async function opened(content: string, carets = 1): Promise<TextEditor> {
  const document = await workspace.openTextDocument({ language: 'javascript', content })
  const editor = await window.showTextDocument(document)
  const first = Math.floor(document.lineCount / 2)
  editor.selections = Array.from(
    { length: carets },
    (_, index) => new Selection(first + index, 2, first + index, 2),
  )
  return editor
}

export async function closed(): Promise<void> {
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
}
