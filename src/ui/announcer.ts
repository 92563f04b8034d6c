import { commands, ProgressLocation, window, workspace } from 'vscode'
import type { CommandId } from '../commands.ts'
import type { Progress } from '../usage/progress.ts'
import { spokenEnd } from './status/statusText.ts'
import type { Translate } from './translate.ts'

/**
 * Announces the start and the end of a completion to screen reader users, by messages: a screen reader
 * does not read changes of the status bar. Nobody else gets them. A failure has its own message.
 */
export interface Announcer {
  /** Reads the arguments of the key binding: only key bindings know about screen readers. */
  detectScreenReader(argument: unknown): void
  announce(progress: Progress): void
}

const RUNNING: readonly Progress['kind'][] = ['waiting', 'streaming', 'held']

export function createAnnouncer(t: Translate): Announcer {
  let isDetected = false
  let started: (() => void) | undefined
  const isOn = (): boolean =>
    isDetected || workspace.getConfiguration('editor').get<unknown>('accessibilitySupport') === 'on'
  return {
    detectScreenReader(argument) {
      isDetected ||=
        typeof argument === 'object' &&
        argument !== null &&
        'screenReader' in argument &&
        argument.screenReader === true
    },
    announce(progress) {
      const isRunning = RUNNING.includes(progress.kind)
      if (isRunning && isOn()) started ??= announceStart(t)
      if (!isRunning) {
        started?.()
        started = undefined
      }
      const words = spokenEnd(progress, t)
      if (words !== null && isOn()) void window.showInformationMessage(`Infill: ${words}`)
    },
  }
}

/** Shows that text is generated, with a button to stop it. Returns a function that closes the message. */
function announceStart(t: Translate): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel: CommandId = 'infill.cancel'
  const options = {
    location: ProgressLocation.Notification,
    title: `Infill: ${t('Generating…')}`,
    cancellable: true,
  }
  void window.withProgress(options, (_progress, token) => {
    token.onCancellationRequested(() => commands.executeCommand(cancel))
    return promise
  })
  return resolve
}
