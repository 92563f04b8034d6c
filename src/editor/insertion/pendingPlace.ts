import { Selection, window, workspace, type Disposable, type TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { followAll, trackedRangeOf, type TrackedRange } from '../../infill/ranges/trackedRange.ts'
import { Insertion } from './insertion.ts'
import { showDocument } from '../document/reveal.ts'
import { checkWritable, readOnly } from '../document/writable.ts'

/** Where text is to go that is not there yet: it follows the edits that are made in the meantime. */
export interface Place extends Disposable {
  /** Shows the document and inserts the text, as one undo step. @throws CompletionError */
  insert(text: string): Promise<void>
}

export function createPlace({
  document,
  selection,
  // The editor of a cell has no column of its own.
  viewColumn = window.activeNotebookEditor?.viewColumn,
}: TextEditor): Place {
  // `null` once it was used, or somebody has edited right there: then the caret says where.
  let target: TrackedRange | null = trackedRangeOf(selection)
  const listener = workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
    if (changed === document && target !== null) target = followAll(target, contentChanges)
  })

  return {
    async insert(text) {
      if (document.isClosed) throw closed()
      await checkWritable(document)
      const editor = await showDocument(document, viewColumn)
      if (target !== null) editor.selection = selectionOf(target)
      editor.revealRange(editor.selection)
      target = null
      const insertion = new Insertion(document, [editor.selection])
      insertion.write(0, text)
      await insertion.settled()
      insertion.dispose()
      if (insertion.over.reason === 'refused') throw readOnly()
    },
    dispose: () => listener.dispose(),
  }
}

function selectionOf({ start, end }: TrackedRange): Selection {
  return new Selection(start.line, start.character, end.line, end.character)
}

function closed(): CompletionError {
  return new CompletionError('not_editable', 'The document that it was made for is closed.')
}
