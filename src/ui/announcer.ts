import { window, workspace } from 'vscode'
import type { Progress } from '../usage/progress.ts'
import { spokenEnd } from './statusText.ts'

/**
 * Says to those who use a screen reader how a completion has ended: they cannot see the text come,
 * and what changes in the status bar is not read out. A message is, and nobody else gets it.
 */
export interface Announcer {
  /** Takes note of what the key says: only key bindings know that a screen reader is there. */
  note(argument: unknown): void
  tell(progress: Progress): void
}

export function createAnnouncer(): Announcer {
  let isNoted = false
  const isOn = (): boolean =>
    isNoted || workspace.getConfiguration('editor').get<unknown>('accessibilitySupport') === 'on'
  return {
    note(argument) {
      isNoted ||=
        typeof argument === 'object' &&
        argument !== null &&
        'screenReader' in argument &&
        argument.screenReader === true
    },
    tell(progress) {
      const words = spokenEnd(progress)
      if (words !== null && isOn()) void window.showInformationMessage(`Infill: ${words}`)
    },
  }
}
