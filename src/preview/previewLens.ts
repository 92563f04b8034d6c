import {
  CodeLens,
  commands,
  Disposable,
  languages,
  Range,
  type CodeLensProvider,
  type Event,
  type Uri,
} from 'vscode'

/** The requests that stand in documents, and what can be done with them. */
export interface Requests {
  stateOf(uri: Uri): { isSending: boolean; isInsertable: boolean }
  readonly onDidChange: Event<void>
  send(uri: Uri): Promise<void>
  stop(uri: Uri): void
  insert(uri: Uri): Promise<void>
}

/** Wraps a handler so that its failures are shown to the user. */
type WithFailureMessage = (handler: () => unknown) => () => Promise<void>

/** Wherever it is: a request that was saved can be sent as well. */
const SELECTOR = { pattern: '**/*.infill.json' }

const SEND = 'infill.sendRequest'
const STOP = 'infill.stopRequest'
const INSERT = 'infill.insertAnswer'

/** Shows above each request what can be done with it. */
export function showLenses(requests: Requests, withFailureMessage: WithFailureMessage): Disposable {
  const provider: CodeLensProvider = {
    onDidChangeCodeLenses: requests.onDidChange,
    provideCodeLenses({ uri }) {
      const { isSending, isInsertable } = requests.stateOf(uri)
      if (isSending) return [lens('$(debug-stop) Stop', STOP, uri)]
      const send = lens('$(play) Send', SEND, uri)
      return isInsertable ? [send, lens('$(insert) Insert at the caret', INSERT, uri)] : [send]
    },
  }
  return Disposable.from(
    languages.registerCodeLensProvider(SELECTOR, provider),
    commands.registerCommand(SEND, (uri: Uri) => withFailureMessage(() => requests.send(uri))()),
    commands.registerCommand(STOP, (uri: Uri) => requests.stop(uri)),
    commands.registerCommand(INSERT, (uri: Uri) =>
      withFailureMessage(() => requests.insert(uri))(),
    ),
  )
}

function lens(title: string, command: string, uri: Uri): CodeLens {
  return new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: [uri] })
}
