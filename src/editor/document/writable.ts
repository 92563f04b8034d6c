import { stat } from 'node:fs/promises'
import { FilePermission, workspace, type TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { matchesGlob } from './matchesGlob.ts'
import { fileOf, scopeOf } from './notebook.ts'

/** Schemes without a file system whose documents VS Code can edit */
const EDITORS = ['search-editor', 'vscode-interactive-input']

/**
 * Rejects a document that cannot be written, before anything is sent.
 *
 * VS Code has no API for this. Its reasons are checked one by one: the file system, the settings
 * `files.readonly…`, and file permissions if the user enabled that check. Only key bindings know
 * whether an editor was set to read-only for the session: they pass `readOnly` as an argument.
 * Without the key, the edit fails.
 *
 * What is known at once is thrown at once, before a connection is opened; the file system is asked while
 * there is a connection to be made.
 *
 * @throws CompletionError `not_editable`, at once or later
 */
export function checkWritable(document: TextDocument): Promise<void> {
  const { uri, isUntitled } = fileOf(document)
  if (isUntitled) return Promise.resolve()
  if (!isWritableScheme(uri.scheme) || isReadonlyBySettings(document)) throw readOnly()
  return checkFile(document)
}

async function checkFile(document: TextDocument): Promise<void> {
  if (await isReadonlyFile(document)) throw readOnly()
}

/**
 * Documents of extensions have no file system and are read-only: output, one side of a comparison.
 */
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
    if (uri.scheme === 'file') return await isReadonlyByPermissions(document)
    const { permissions = 0 } = await workspace.fs.stat(uri)
    return (permissions & FilePermission.Readonly) !== 0
  } catch {
    // A file that is not there yet can be written to.
    return false
  }
}

/**
 * VS Code lets a file without write permission be edited, unless a setting is on. Its own stat of a
 * local file has nothing more to say, and goes through the window: 10 ms.
 */
async function isReadonlyByPermissions(document: TextDocument): Promise<boolean> {
  const counts = workspace
    .getConfiguration('files', scopeOf(document))
    .get('readonlyFromPermissions')
  return counts === true && ((await stat(fileOf(document).uri.fsPath)).mode & 0o222) === 0
}
