import { FileType, FilePermission, workspace, type TextDocument } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import type { Lines } from '../infill/window.ts'

/** A document as the context window reads it, without a copy of the whole text. */
export function linesOf(document: TextDocument): Lines {
  return {
    lineCount: document.lineCount,
    lineAt: (line) => document.lineAt(line).text,
  }
}

/**
 * Refuses a document that cannot be written, before anything of it is sent.
 *
 * VS Code tells extensions of a file's permissions and of read-only file systems, not of an editor
 * that was set read-only for the session: that one shows when the edit is made.
 *
 * @throws CompletionError `not_editable`
 */
export async function checkWritable(document: TextDocument): Promise<void> {
  if (document.isUntitled) return
  const { scheme } = document.uri
  if (workspace.fs.isWritableFileSystem(scheme) === false || (await isReadonlyFile(document))) {
    throw readOnly()
  }
}

export function readOnly(): CompletionError {
  return new CompletionError('not_editable', 'This file is read-only: nothing can be inserted.')
}

async function isReadonlyFile(document: TextDocument): Promise<boolean> {
  try {
    const { type, permissions = 0 } = await workspace.fs.stat(document.uri)
    return type === FileType.File && (permissions & FilePermission.Readonly) !== 0
  } catch {
    // A file that is not there yet, or a document that is not of a file system, can be written to.
    return false
  }
}
