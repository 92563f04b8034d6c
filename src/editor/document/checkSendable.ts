import type { TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Problem } from '../../completions/problems.ts'
import { sensitivityOf } from '../../sensitive/sensitive.ts'
import type { ContextWindow } from '../../infill/context/contextWindow.ts'
import type { Settings } from '../../settings/settings.ts'
import { matchesGlob } from './matchesGlob.ts'
import { fileOf } from './notebook.ts'

export interface Sending {
  document: TextDocument
  /** The text that would be sent */
  contexts: readonly Pick<ContextWindow, 'prompt' | 'suffix'>[]
  settings: Pick<Settings, 'exclude'>
  /** The URI of a document that the user has allowed for this run */
  allowed?: string | undefined
}

/**
 * Rejects text that is never sent, before a connection is opened.
 *
 * @throws CompletionError `not_sent`, with the URI of the document that can be allowed
 */
export function checkSendable({ document, contexts, settings, allowed }: Sending): void {
  const uri = document.uri.toString()
  if (uri === allowed) return
  const problem = problemOf(document, contexts, settings.exclude)
  if (problem !== null) throw new CompletionError('not_sent', problem, { document: uri })
}

function problemOf(
  document: TextDocument,
  contexts: Sending['contexts'],
  exclude: readonly string[],
): Problem | null {
  const { path } = fileOf(document).uri
  const name = path.slice(path.lastIndexOf('/') + 1)
  const sensitivity = sensitivityOf(path, contexts)
  if (sensitivity?.by === 'name') return { id: 'secretFile', name }
  const glob = exclude.find((each) => matchesGlob(document, each))
  if (glob !== undefined) return { id: 'excludedFile', name, glob }
  return sensitivity && { id: 'secretText', kind: sensitivity.kind }
}
