import { TabInputCustom, TabInputText, window, workspace, type Uri } from 'vscode'
import type { Problem } from '../../completions/problems.ts'

/** VS Code does not share larger files with extensions, in bytes. */
const MAX_SHARED = 50 * 1024 * 1024

/** Why there is no text editor: the active tab shows something else, or VS Code does not share it. */
export async function problemOfTab(): Promise<Problem> {
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
