import { window, type Disposable } from 'vscode'

/** Delay after the activation, or after an editor gets the focus, in ms: VS Code has other work then. */
const DELAY = 1500

/**
 * Runs a task once, some time after the activation, when there is an editor that could be completed.
 * A failure is not reported: the run that needs the result reports it.
 */
export function createWarmUp(task: () => Promise<void>): Disposable {
  let timer: NodeJS.Timeout | undefined
  function plan(): void {
    if (timer !== undefined || window.activeTextEditor === undefined) return
    listener.dispose()
    timer = setTimeout(() => {
      task().catch(() => undefined)
    }, DELAY)
  }
  const listener = window.onDidChangeActiveTextEditor(plan)
  plan()
  return {
    dispose() {
      listener.dispose()
      clearTimeout(timer)
    },
  }
}
