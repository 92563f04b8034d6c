import type { LogLevel, LogOutputChannel } from 'vscode'
import type { Send } from '../../completions/http/transport.ts'
import type { Progress } from '../../usage/progress.ts'
import { english } from '../translate.ts'

/**
 * Logs the errors of runs, without prompt, completion and key; `runLog.ts` has the line of each run. At
 * level Trace, which the user sets, the log has each request and response in full, still without the key.
 * The log is in English.
 */
export function logProgress(log: LogOutputChannel, progress: Progress): void {
  switch (progress.kind) {
    case 'idle':
    case 'streaming':
    case 'done':
    case 'held':
    case 'swapped':
      return
    case 'waiting':
      log.debug('completion requested')
      return
    case 'failed': {
      const { kind, problem, requestId, cause } = progress.error
      const id = requestId === undefined ? '' : ` (request ${requestId})`
      void import('../wording.ts').then(({ problemMessage }) =>
        log.error(`${kind}: ${problemMessage(problem, english)}${id}`),
      )
      if (kind === 'internal' && cause instanceof Error) log.error(cause)
    }
  }
}

/** VS Code's `LogLevel.Trace`: this file runs without VS Code. */
const TRACE: LogLevel = 1

/** The same `send`, which logs each request and its response at level Trace. */
export function logged(log: Pick<LogOutputChannel, 'logLevel' | 'trace'>, send: Send): Send {
  return async (request, signal) => {
    if (log.logLevel !== TRACE) return send(request, signal)
    const { requestText, tracedBody } = await import('./trace.ts')
    log.trace(`request ${requestText(request)}`)
    const response = await send(request, signal)
    const { status } = response
    const body = tracedBody(response.body, request, (text) => {
      log.trace(`response ${status} ${JSON.stringify(text)}`)
    })
    return { status, header: (name) => response.header(name), body }
  }
}
