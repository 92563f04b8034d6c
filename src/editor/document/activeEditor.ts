import { window, type TextEditor } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'

/**
 * The editor that the user is in; with a URI, only if it shows that document.
 *
 * @throws CompletionError `not_editable` when there is none
 */
export async function activeEditor(uri?: string): Promise<TextEditor> {
  const editor = window.activeTextEditor
  const isWanted = uri === undefined || editor?.document.uri.toString() === uri
  if (editor !== undefined && isWanted) return editor
  if (editor !== undefined) throw new CompletionError('not_editable', { id: 'noEditor' })
  const { problemOfTab } = await import('./problemOfTab.ts')
  throw new CompletionError('not_editable', await problemOfTab())
}
