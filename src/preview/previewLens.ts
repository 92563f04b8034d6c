import {
  CodeLens,
  commands,
  Disposable,
  l10n,
  languages,
  Range,
  type CodeLensProvider,
  type Uri,
} from 'vscode'
import type { LensCommandId } from '../commands.ts'
import type { Previews } from './previewRequest.ts'

/** Any file: a request that was saved can be sent as well. */
const SELECTOR = { pattern: '**/*.infill.json' }

/** Wraps a handler so that its errors are shown to the user. */
type WithFailureMessage = (
  handler: (...args: unknown[]) => unknown,
) => (...args: unknown[]) => Promise<void>

/** Shows the actions of a request above its document. */
export function showLenses(previews: Previews, withFailureMessage: WithFailureMessage): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: previews.onDidChange,
    provideCodeLenses({ uri }) {
      const { isSending, isInsertable } = previews.stateOf(uri)
      if (isSending) return [lens(`$(debug-stop) ${l10n.t('Stop')}`, 'infill.stopRequest', uri)]
      const send = lens(`$(play) ${l10n.t('Send')}`, 'infill.sendRequest', uri)
      const insert = lens(`$(insert) ${l10n.t('Insert at Cursor')}`, 'infill.insertAnswer', uri)
      return isInsertable ? [send, insert] : [send]
    },
  }
  const handlers: Readonly<Record<LensCommandId, (uri: Uri) => unknown>> = {
    'infill.sendRequest': (uri) => previews.send(uri),
    'infill.stopRequest': (uri) => previews.stop(uri),
    'infill.insertAnswer': (uri) => previews.insert(uri),
  }
  return Disposable.from(
    languages.registerCodeLensProvider(SELECTOR, provider),
    ...Object.entries(handlers).map(([id, handler]) =>
      commands.registerCommand(id, (uri: Uri) => withFailureMessage(() => handler(uri))()),
    ),
  )
}

function lens(title: string, command: LensCommandId, uri: Uri): CodeLens {
  return new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [uri] })
}
