import { ProgressLocation, window } from 'vscode'

/** A task shows a notification only after this many ms: a message that flashes is distracting. */
const DELAY = 500

/**
 * Runs a task. When it takes long, a notification shows its progress and can cancel it, which aborts
 * `abort`.
 */
export async function cancellable<T>(
  title: string,
  abort: AbortController,
  task: (signal: AbortSignal, onProgress: (message: string) => void) => Promise<T>,
): Promise<T> {
  let show: ((message: string) => void) | null = null
  const running = task(abort.signal, (message) => show?.(message))
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true }
    void window.withProgress(options, async (progress, token) => {
      show = (message) => progress.report({ message })
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

/** Whether an error is the cancellation itself. */
export function isCancellation(error: unknown, { signal }: AbortController): boolean {
  return signal.aborted && error === signal.reason
}
