import { stat } from 'node:fs/promises'
import { FilePermission, workspace, type TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { matchesGlob } from './matchesGlob.ts'
import { fileOf, scopeOf } from './notebook.ts'

/** Documents of no file system that VS Code has editors of its own for, in which one writes */
const EDITORS = ['search-editor', 'vscode-interactive-input']

/**
 * Refuses a document that cannot be written, before anything of it is sent.
 *
 * VS Code has no API that says it. What makes a file read-only for it is asked here one by one: the
 * file system, the settings `files.readonly…`, and permissions where the user made them count. That
 * an editor was set read-only for the session is known to key bindings only: there the key says it
 * (`readOnly` among its arguments). Without the key it shows when the edit is made.
 *
 * @throws CompletionError `not_editable`
 */
export async function checkWritable(document: TextDocument): Promise<void> {
  const { uri, isUntitled } = fileOf(document)
  if (isUntitled) return
  const readonly =
    !isWritableScheme(uri.scheme) ||
    isReadonlyBySettings(document) ||
    (await isReadonlyFile(document))
  if (readonly) throw readOnly()
}

/** What an extension provides has no file system and is for reading: output, one side of a comparison. */
function isWritableScheme(scheme: string): boolean {
  return workspace.fs.isWritableFileSystem(scheme) ?? EDITORS.includes(scheme)
}

export function readOnly(): CompletionError {
  return new CompletionError('not_editable', { id: 'readOnly' })
}

function isReadonlyBySettings(document: TextDocument): boolean {
  const files = workspace.getConfiguration('files', scopeOf(document))
  const matches = (setting: string): boolean =>
    Object.entries(files.get<Record<string, boolean>>(setting) ?? {}).some(
      ([glob, on]) => on && matchesGlob(document, glob),
    )
  return matches('readonlyInclude') && !matches('readonlyExclude')
}

async function isReadonlyFile(document: TextDocument): Promise<boolean> {
  const { uri } = fileOf(document)
  try {
    const { permissions = 0 } = await workspace.fs.stat(uri)
    if ((permissions & FilePermission.Readonly) !== 0) return true
    // VS Code lets a file without write permission be edited, unless this setting is on.
    const counts = workspace
      .getConfiguration('files', scopeOf(document))
      .get('readonlyFromPermissions')
    return counts === true && uri.scheme === 'file' && ((await stat(uri.fsPath)).mode & 0o222) === 0
  } catch {
    // A file that is not there yet can be written to.
    return false
  }
}
