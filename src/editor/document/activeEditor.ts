import { TabInputCustom, TabInputText, window, workspace, type TextEditor, type Uri } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Problem } from '../../completions/problems.ts'

/** VS Code does not share larger files with extensions, in bytes. */
const MAX_SHARED = 50 * 1024 * 1024

/**
 * The editor that the user is in; with a URI, only if it shows that document.
 *
 * @throws CompletionError `not_editable` when there is none
 */
export async function activeEditor(uri?: string): Promise<TextEditor> {
  const editor = window.activeTextEditor
  const isWanted = uri === undefined || editor?.document.uri.toString() === uri
  if (editor !== undefined && isWanted) return editor
  const problem: Problem = editor === undefined ? await problemOfTab() : { id: 'noEditor' }
  throw new CompletionError('not_editable', problem)
}

/** Why there is no text editor: the active tab shows something else, or VS Code does not share it. */
async function problemOfTab(): Promise<Problem> {
  const input = window.tabGroups.activeTabGroup.activeTab?.input
  if (input instanceof TabInputCustom) return { id: 'notText', name: nameOf(input.uri) }
  if (!(input instanceof TabInputText)) return { id: 'noEditor' }
  const size = await sizeOf(input.uri)
  if (size === null) return { id: 'noEditor' }
  const name = nameOf(input.uri)
  return size > MAX_SHARED ? { id: 'fileTooLarge', name } : { id: 'notText', name }
}

/** `null` for a file that cannot be read, and for a document that is no file */
async function sizeOf(uri: Uri): Promise<number | null> {
  try {
    return (await workspace.fs.stat(uri)).size
  } catch {
    return null
  }
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
