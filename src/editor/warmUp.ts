import { Disposable, window } from 'vscode'

/** Delay after the activation, or after an editor gets the focus, in ms: VS Code has other work then. */
const DELAY = 1500

/** The least time between two calls, in ms: idle connections are kept for about as long. */
const INTERVAL = 60_000

/**
 * Calls a task when the user may complete soon: some time after the activation, when there is an editor,
 * and later when an editor or the window gets the focus. A failure is not reported: the run that needs the
 * result reports it.
 */
export function createWarmUp(task: () => Promise<void>): Disposable {
  let timer: NodeJS.Timeout | undefined
  let calledAt = -INTERVAL
  function plan(): void {
    const isDue = performance.now() - calledAt >= INTERVAL
    if (timer !== undefined || window.activeTextEditor === undefined || !isDue) return
    timer = setTimeout(() => {
      timer = undefined
      calledAt = performance.now()
      task().catch(() => undefined)
    }, DELAY)
  }
  plan()
  return Disposable.from(
    window.onDidChangeActiveTextEditor(plan),
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) plan()
    }),
    new Disposable(() => clearTimeout(timer)),
  )
}
