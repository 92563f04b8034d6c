import type { TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import type { Problem } from '../../completions/problems.ts'
import { hasPrivateKey, isSensitive } from '../../sensitive/sensitive.ts'
import type { ContextWindow } from '../../infill/context/contextWindow.ts'
import type { Settings } from '../../settings/settings.ts'
import { matchesGlob } from './matchesGlob.ts'
import { fileOf } from './notebook.ts'

export interface Sending {
  document: TextDocument
  /** What would be sent of it */
  contexts: readonly Pick<ContextWindow, 'prompt' | 'suffix'>[]
  settings: Pick<Settings, 'exclude'>
  /** The URI of the one document that the user has said of that it is to be sent, this once */
  allowed?: string | undefined
}

/**
 * Refuses what is there to be kept secret, before there is a connection that it could go through.
 *
 * @throws CompletionError `not_sent`, with the document that can be allowed
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
  if (isSensitive(path)) return { id: 'secretFile', name }
  const glob = exclude.find((each) => matchesGlob(document, each))
  if (glob !== undefined) return { id: 'excludedFile', name, glob }
  // Joined: the cursor may be inside a key.
  const hasKey = contexts.some(({ prompt, suffix }) => hasPrivateKey(prompt + suffix))
  return hasKey ? { id: 'privateKey' } : null
}
