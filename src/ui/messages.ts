import { commands, window, type LogOutputChannel } from 'vscode'
import { CompletionError, type CompletionErrorKind } from '../completions/errors.ts'
import { withAdvice } from './advice.ts'

/** What one can do about a failure: the button, and the command behind it. */
interface Action {
  title: string
  command: string
  args?: readonly unknown[] | ((error: CompletionError) => readonly unknown[])
}

const SET_KEY: Action = { title: 'Set API Key', command: 'infill.setApiKey' }
const SETTINGS: Action = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  args: ['infill.'],
}
const HTTP_SETTINGS: Action = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  args: ['http.proxy'],
}
const CONTEXT: Action = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  args: ['infill.contextTokens'],
}
/** For the one document of the message, and for one run */
const SEND_ONCE: Action = {
  title: 'Send It This Once',
  command: 'infill.complete',
  args: ({ document }) => [{ allow: document }],
}
const EXCLUDE: Action = {
  title: 'Open Settings',
  command: 'workbench.action.openSettings',
  args: ['infill.exclude'],
}
const LOG: Action = { title: 'Show Log', command: 'infill.showLog' }

const ACTIONS: Readonly<Record<CompletionErrorKind, readonly Action[]>> = {
  invalid_request: [SETTINGS],
  not_editable: [],
  not_sent: [SEND_ONCE, EXCLUDE],
  unreachable: [SETTINGS, LOG],
  proxy: [HTTP_SETTINGS, LOG],
  certificate: [SETTINGS, LOG],
  timeout: [SETTINGS, LOG],
  authentication: [SET_KEY, SETTINGS],
  not_found: [SETTINGS, LOG],
  rate_limit: [LOG],
  quota: [LOG],
  context_length: [CONTEXT, LOG],
  rejected: [SETTINGS, LOG],
  server: [LOG],
  protocol: [SETTINGS, LOG],
  cut: [LOG],
  internal: [LOG],
}

/** Tells what was learned about a server, which is told once. */
export function showNotice(log: LogOutputChannel, message: string): void {
  log.info(message)
  void window.showInformationMessage(`Infill: ${message}`)
}

/** Tells of a failure in one sentence, with what can be done about it as buttons. */
export async function showFailure(error: CompletionError): Promise<void> {
  const actions = ACTIONS[error.kind]
  const titles = actions.map(({ title }) => title)
  const chosen = await window.showErrorMessage(`Infill: ${withAdvice(error)}`, ...titles)
  const action = actions.find(({ title }) => title === chosen)
  if (action === undefined) return
  const { command, args = [] } = action
  await commands.executeCommand(command, ...(typeof args === 'function' ? args(error) : args))
}

/** The handler of a command, whose failures are told in the same way. */
export function withFailureMessage(
  handler: (...args: unknown[]) => unknown,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    try {
      await handler(...args)
    } catch (error) {
      if (!(error instanceof CompletionError)) throw error
      // Not waited for: the command is over, the message may stay for long.
      void showFailure(error)
    }
  }
}
