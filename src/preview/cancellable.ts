import { ProgressLocation, window } from 'vscode'

/** How long a task goes on before anything is shown of it, in ms: a message that flashes disturbs. */
const DELAY = 500

/**
 * Runs a task; when it takes a while, a notification says so and can cancel it. `abort` is aborted
 * then, and by whoever else has it.
 */
export async function cancellable<T>(
  title: string,
  abort: AbortController,
  task: (signal: AbortSignal, say: (message: string) => void) => Promise<T>,
): Promise<T> {
  let say: ((message: string) => void) | null = null
  const running = task(abort.signal, (message) => say?.(message))
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true }
    void window.withProgress(options, async (progress, token) => {
      say = (message) => progress.report({ message })
      token.onCancellationRequested(() => abort.abort())
      await Promise.allSettled([running])
    })
  }, DELAY)
  try {
    return await running
  } finally {
    clearTimeout(timer)
  }
}

/** Whether an error is just what a cancelled task ends with. */
export function isCancellation(error: unknown, { signal }: AbortController): boolean {
  return signal.aborted && error === signal.reason
}
