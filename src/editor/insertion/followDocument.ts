import {
  Disposable,
  workspace,
  type FileRenameEvent,
  type TextDocument,
  type TextDocumentChangeEvent,
  type Uri,
} from 'vscode'
import type { Range } from '../../infill/ranges/position.ts'
import { isSameAround } from '../../infill/ranges/sameAround.ts'
import { linesOf } from '../document/notebook.ts'
import { renamedUri } from './renamedUri.ts'

export interface FollowOptions {
  /** The ranges that have to be valid in the document of the new name */
  ranges: () => readonly Range[]
  /** Called for each change of the document's text */
  onChange: (event: TextDocumentChangeEvent) => void
  /** Called when VS Code has opened the document under its new name */
  onRenamed: () => void
  /** Called when the document is closed, or its text under the new name is different */
  onClosed: () => void
}

/** A document through its renames. */
export interface FollowedDocument extends Disposable {
  /** The document, or its successor after a rename */
  readonly current: TextDocument
}

/**
 * Follows a document through its changes and renames.
 *
 * VS Code opens a renamed file as a new document and closes the old one, before or after
 * `onDidRenameFiles`. Ranges of the old document are valid in the new one if the text around them is
 * the same.
 */
export function followDocument(document: TextDocument, options: FollowOptions): FollowedDocument {
  let current = document
  /** The new URI of a renamed file, until VS Code has opened it */
  let renamed: Uri | null = null

  function onRename(event: FileRenameEvent): void {
    renamed = renamedUri(renamed ?? current.uri, event) ?? renamed
    moveOn()
  }

  function moveOn(): void {
    const uri = renamed?.toString()
    const next = workspace.textDocuments.find((each) => each.uri.toString() === uri)
    if (uri === undefined || next === undefined) return
    renamed = null
    if (next === current) return
    if (!isSameAround(linesOf(current), linesOf(next), options.ranges())) return options.onClosed()
    current = next
    options.onRenamed()
  }

  const listeners = Disposable.from(
    workspace.onDidChangeTextDocument((event) => {
      if (event.document === current && event.contentChanges.length > 0) options.onChange(event)
    }),
    workspace.onDidRenameFiles(onRename),
    workspace.onDidOpenTextDocument(moveOn),
    workspace.onDidCloseTextDocument((closed) => {
      // Also fired when the language of a document changes: then it is not closed.
      if (closed === current && closed.isClosed && renamed === null) options.onClosed()
    }),
  )
  return {
    get current() {
      return current
    },
    dispose: () => listeners.dispose(),
  }
}
