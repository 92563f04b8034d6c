import { commands, window, type LogOutputChannel } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import type { Notice } from '../generation/notices.ts'
import { machineOfExtension } from '../settings/vscode/machine.ts'
import type { Translate } from './translate.ts'

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
    // Not loaded before there is a failure.
    const { errorMessage } = await import('./wording.ts')
    const { actionsFor } = await import('./failureActions.ts')
    const actions = actionsFor(error.kind, error.document, t)
    const titles = actions.map(({ title }) => title)
    const { localhostNote } = await import('./localhostNote.ts')
    const { problem } = error
    // The most likely reason in a remote window: the server runs on the other machine.
    const note =
      problem.id === 'unreachable'
        ? localhostNote(hostOf(problem.origin), machineOfExtension(), t)
        : null
    const message = [errorMessage(error, t), ...(note === null ? [] : [note])].join(' ')
    const chosen = await window.showErrorMessage(`Infill: ${message}`, ...titles)
    const action = actions.find(({ title }) => title === chosen)
    if (action !== undefined) await commands.executeCommand(action.command, ...(action.args ?? []))
  }

  return {
    failure,
    notice(notice) {
      void import('./wording.ts').then(({ noticeMessage }) => {
        const message = noticeMessage(notice, t)
        log.info(message)
        const isWarning =
          notice.id === 'budgetNearlySpent' ||
          notice.id === 'ledgerFault' ||
          (notice.id === 'fieldOmitted' && notice.isSet)
        return isWarning
          ? window.showWarningMessage(`Infill: ${message}`)
          : window.showInformationMessage(`Infill: ${message}`)
      })
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

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : origin
}
