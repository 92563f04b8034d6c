import { window, type TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'

/**
 * The editor that the user is in; with a URI, only if it shows that document.
 *
 * @throws CompletionError `not_editable` when there is none
 */
export function activeEditor(uri?: string): TextEditor {
  const editor = window.activeTextEditor
  const isWanted = uri === undefined || editor?.document.uri.toString() === uri
  if (editor !== undefined && isWanted) return editor
  throw new CompletionError('not_editable', { id: 'noEditor' })
}
