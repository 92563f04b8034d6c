import { commands, NotebookRange, window, type TextDocument, type TextEditor } from 'vscode'
import { editorOf } from '../insertion/edits.ts'
import { cellOf } from './notebook.ts'

/** Timeout for VS Code to create the editor of a cell, in ms */
const PATIENCE = 5000

/** Brings a document to the front to be edited; a cell is shown within its notebook. */
export async function showDocument(
  document: TextDocument,
  viewColumn: TextEditor['viewColumn'],
): Promise<TextEditor> {
  const cell = cellOf(document)
  // VS Code would open a cell like a separate file.
  if (cell === undefined) return window.showTextDocument(document, viewColumn)
  const selections = [new NotebookRange(cell.index, cell.index + 1)]
  const column = viewColumn === undefined ? {} : { viewColumn }
  await window.showNotebookDocument(cell.notebook, { ...column, selections })
  await commands.executeCommand('notebook.cell.edit')
  return editorOf(document) ?? (await appearing(document))
}

/** The editor of a cell, which is there some time after its notebook */
async function appearing(document: TextDocument): Promise<TextEditor> {
  const { promise, resolve, reject } = Promise.withResolvers<TextEditor>()
  const shown = window.onDidChangeVisibleTextEditors(() => {
    const editor = editorOf(document)
    if (editor !== null) resolve(editor)
  })
  const timer = setTimeout(() => reject(new Error('The cell is not shown.')), PATIENCE)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    shown.dispose()
  }
}
