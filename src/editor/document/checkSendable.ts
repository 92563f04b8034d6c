import type { TextDocument } from 'vscode'
import { CompletionError } from '../../completions/errors.ts'
import { hasPrivateKey } from '../../sensitive/contents.ts'
import { isSensitive } from '../../sensitive/names.ts'
import type { ContextWindow } from '../../infill/context/contextWindow.ts'
import type { Settings } from '../../settings/settings.ts'
import { matchesGlob } from './matchesGlob.ts'
import { fileOf } from './notebook.ts'

export interface Sending {
  document: TextDocument
  /** What would be sent of it */
  windows: readonly Pick<ContextWindow, 'prompt' | 'suffix'>[]
  settings: Pick<Settings, 'exclude'>
  /** The URI of the one document that the user has said of that it is to be sent, this once */
  allowed?: string | undefined
}

/**
 * Refuses what is there to be kept secret, before there is a connection that it could go through.
 *
 * @throws CompletionError `not_sent`, with the document that can be allowed
 */
export function checkSendable({ document, windows, settings, allowed }: Sending): void {
  const uri = document.uri.toString()
  if (uri === allowed) return
  const why = reason(document, windows, settings.exclude)
  if (why !== null) throw new CompletionError('not_sent', why, { document: uri })
}

function reason(
  document: TextDocument,
  windows: Sending['windows'],
  exclude: readonly string[],
): string | null {
  const { path } = fileOf(document).uri
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (isSensitive(path)) {
    return `Nothing was sent: by its name, “${name}” is a file that holds secrets.`
  }
  const glob = exclude.find((each) => matchesGlob(document, each))
  if (glob !== undefined) {
    return `Nothing was sent: infill.exclude names “${name}”, by “${glob}”.`
  }
  // Together: a key may have the caret in it.
  return windows.some(({ prompt, suffix }) => hasPrivateKey(prompt + suffix))
    ? 'Nothing was sent: there is a private key in the text around the caret.'
    : null
}
