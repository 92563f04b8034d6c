import { window, type TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { InsertedPlace } from './inserted.ts'
import type { LastInsertion } from './lastInsertion.ts'

/** The last insertion as a command is about to change it */
export interface Changeable {
  editor: TextEditor
  places: readonly InsertedPlace[]
  oneLine: boolean
  /** Whether the change joins its undo step */
  joins: boolean
}

/** @throws CompletionError `not_editable` when the active document has no recent insertion */
export function lastOf({ current, isFresh: joins }: LastInsertion): Changeable {
  const editor = window.activeTextEditor
  if (current === null || editor === undefined) {
    throw new CompletionError('not_editable', { id: 'noInsertion' })
  }
  return { editor, places: current.places, oneLine: current.oneLine, joins }
}
