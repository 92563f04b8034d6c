/** A task that several callers wait for. It is aborted when all of them have stopped waiting. */
export interface SharedTask<Result> {
  /** Waits for the result. @throws the error of the task; the signal's reason when it is aborted */
  wait(signal: AbortSignal): Promise<Result>
}

export function shareTask<Result>(
  task: (signal: AbortSignal) => Promise<Result>,
  onAbandoned: () => void,
): SharedTask<Result> {
  const abort = new AbortController()
  const result = task(abort.signal)
  // An abandoned task has nobody to report its error to.
  result.catch(() => undefined)
  let isSettled = false
  void result.finally(() => (isSettled = true)).catch(() => undefined)
  let waiting = 0

  return {
    async wait(signal) {
      signal.throwIfAborted()
      waiting++
      const { promise: aborted, reject } = Promise.withResolvers<never>()
      const onAbort = (): void => reject(signal.reason)
      signal.addEventListener('abort', onAbort)
      try {
        return await Promise.race([result, aborted])
      } finally {
        signal.removeEventListener('abort', onAbort)
        waiting--
        if (waiting === 0 && !isSettled) {
          onAbandoned()
          abort.abort(signal.reason)
        }
      }
    },
  }
}
