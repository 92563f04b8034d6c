import { window, type TextEditor } from 'vscode'
import { CompletionError } from '../completions/errors.ts'

/** @throws CompletionError `not_editable` when there is none */
export function activeEditor(): TextEditor {
  if (window.activeTextEditor !== undefined) return window.activeTextEditor
  throw new CompletionError(
    'not_editable',
    'Open a file and put the caret where the text should go.',
  )
}
