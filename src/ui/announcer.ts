import { window, workspace } from 'vscode'
import type { Progress } from '../usage/progress.ts'
import { spokenEnd } from './status/statusText.ts'
import type { Translate } from './translate.ts'

/**
 * Announces the end of a completion to screen reader users, by a message: a screen reader does not
 * read changes of the status bar. Nobody else gets the message.
 */
export interface Announcer {
  /** Reads the arguments of the key binding: only key bindings know about screen readers. */
  detectScreenReader(argument: unknown): void
  announce(progress: Progress): void
}

export function createAnnouncer(t: Translate): Announcer {
  let isDetected = false
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
      const words = spokenEnd(progress, t)
      if (words !== null && isOn()) void window.showInformationMessage(`Infill: ${words}`)
    },
  }
}
