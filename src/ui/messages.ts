import { commands, window, type LogOutputChannel } from 'vscode'
import type { CommandId, EditorCommandId } from '../commands.ts'
import { CompletionError, type CompletionErrorKind } from '../completions/errors.ts'
import type { Notice } from '../generation/notices.ts'
import type { Translate } from './translate.ts'
import { errorMessage, noticeMessage } from './wording.ts'

/** A button of an error message, and the command behind it. */
interface Action {
  title: string
  command: CommandId | EditorCommandId
  args?: readonly unknown[]
}

export interface Messages {
  /** Shows an error as one sentence, with buttons for what the user can do about it. */
  readonly failure: (error: CompletionError) => Promise<void>
  /** Shows what was learned about a server. */
  readonly notice: (notice: Notice) => void
  /** Wraps the handler of a command so that its errors are shown. */
  readonly withFailureMessage: (
    handler: (...args: unknown[]) => unknown,
  ) => (...args: unknown[]) => Promise<void>
}

export function createMessages(log: LogOutputChannel, t: Translate): Messages {
  async function failure(error: CompletionError): Promise<void> {
    const actions = actionsFor(error.kind, error.document, t)
    const titles = actions.map(({ title }) => title)
    const chosen = await window.showErrorMessage(`Infill: ${errorMessage(error, t)}`, ...titles)
    const action = actions.find(({ title }) => title === chosen)
    if (action !== undefined) await commands.executeCommand(action.command, ...(action.args ?? []))
  }

  return {
    failure,
    notice(notice) {
      const message = noticeMessage(notice, t)
      log.info(message)
      void window.showInformationMessage(`Infill: ${message}`)
    },
    withFailureMessage:
      (handler) =>
      async (...args) => {
        try {
          await handler(...args)
        } catch (error) {
          if (!(error instanceof CompletionError)) throw error
          // Not awaited: the command has ended, and the message may stay open.
          void failure(error)
        }
      },
  }
}

function actionsFor(
  kind: CompletionErrorKind,
  document: string | undefined,
  t: Translate,
): readonly Action[] {
  const log: Action = { title: t('Show Log'), command: 'infill.showLog' }
  const settings = (query: string): Action => ({
    title: t('Open Settings'),
    command: 'workbench.action.openSettings',
    args: [query],
  })
  switch (kind) {
    case 'invalid_request':
      return [settings('infill.')]
    case 'not_editable':
      return []
    case 'not_sent': {
      // Allows this document, for one run.
      const once: Action = {
        title: t('Send It This Once'),
        command: 'infill.complete',
        args: [{ allow: document }],
      }
      return [once, settings('infill.exclude')]
    }
    case 'authentication':
      return [{ title: t('Set API Key'), command: 'infill.setApiKey' }, settings('infill.')]
    case 'proxy':
      return [settings('http.proxy'), log]
    case 'context_length':
      return [settings('infill.contextTokens'), log]
    case 'unreachable':
    case 'certificate':
    case 'timeout':
    case 'not_found':
    case 'rejected':
    case 'protocol':
      return [settings('infill.'), log]
    case 'rate_limit':
    case 'quota':
    case 'server':
    case 'cut':
    case 'internal':
      return [log]
  }
}
