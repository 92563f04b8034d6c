import { Selection, window, type Disposable, type TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { followAll, trackedRangeOf, type TrackedRange } from '../../infill/ranges/trackedRange.ts'
import { showDocument } from '../document/reveal.ts'
import { checkWritable, readOnly } from '../document/writable.ts'
import { followDocument } from './followDocument.ts'
import { Insertion } from './insertion.ts'

/** A place for text that is inserted later. It follows the edits that are made meanwhile. */
export interface PendingPlace extends Disposable {
  /** Shows the document and inserts the text, as one undo step. @throws CompletionError */
  insert(text: string): Promise<void>
}

export function createPendingPlace({
  document,
  selection,
  // The editor of a notebook cell has no column of its own.
  viewColumn = window.activeNotebookEditor?.viewColumn,
}: TextEditor): PendingPlace {
  // `null` after it was used, or edited by the user: then the current selection is used.
  let range: TrackedRange | null = trackedRangeOf(selection)
  let isClosed = false
  const followed = followDocument(document, {
    ranges: () => (range === null ? [] : [range]),
    onChange({ contentChanges }) {
      if (range !== null) range = followAll(range, contentChanges)
    },
    onRenamed: () => undefined,
    onClosed() {
      isClosed = true
    },
  })

  return {
    async insert(text) {
      if (isClosed) throw new CompletionError('not_editable', { id: 'documentClosed' })
      const { current } = followed
      await checkWritable(current)
      const editor = await showDocument(current, viewColumn)
      if (range !== null) editor.selection = selectionOf(range)
      editor.revealRange(editor.selection)
      range = null
      const insertion = new Insertion(current, [editor.selection])
      insertion.write(0, text)
      await insertion.settled()
      insertion.dispose()
      if (insertion.over.reason === 'refused') throw readOnly()
    },
    dispose: () => followed.dispose(),
  }
}

function selectionOf({ start, end }: TrackedRange): Selection {
  return new Selection(start.line, start.character, end.line, end.character)
}
