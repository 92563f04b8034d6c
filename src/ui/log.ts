import type { LogOutputChannel } from 'vscode'
import { isSecretHeader } from '../completions/secrets.ts'
import type { Send } from '../completions/http/transport.ts'
import type { Progress } from '../usage/progress.ts'

/**
 * At the normal level the log tells of each run what it came to: no prompt, no answer, no key. At
 * the level "Trace", which the user sets for it, the whole request is there, still without the key.
 */
export function logProgress(log: LogOutputChannel, progress: Progress): void {
  switch (progress.kind) {
    case 'idle':
    case 'streaming':
    case 'held':
    case 'swapped':
      return
    case 'waiting':
      log.debug('completion asked for')
      return
    case 'done': {
      const { prompt_tokens, completion_tokens, estimated, firstTokenAfter, elapsed } =
        progress.cost
      const usage = { prompt_tokens, completion_tokens, ...(estimated ? { estimated } : {}) }
      const first =
        firstTokenAfter === null ? '' : `, first token after ${Math.round(firstTokenAfter)} ms`
      log.info(
        `completion ended: ${progress.end}, usage ${JSON.stringify(usage)}${first}, ${Math.round(elapsed)} ms in all`,
      )
      return
    }
    case 'failed': {
      const { kind, message, requestId, cause } = progress.error
      log.error(`${kind}: ${message}${requestId === undefined ? '' : ` (request ${requestId})`}`)
      if (kind === 'internal' && cause instanceof Error) log.error(cause)
    }
  }
}

/** The same `send`, with each request in the log at the level "Trace". */
export function logged(log: LogOutputChannel, send: Send): Send {
  return (request, signal) => {
    const { method, url, headers, body } = request
    const shown = Object.entries(headers).map(([name, value]) => [
      name,
      isSecretHeader(name) ? '…' : value,
    ])
    const what = { method, url, headers: Object.fromEntries(shown) }
    log.trace(
      `request ${JSON.stringify({ ...what, body: body === undefined ? null : JSON.parse(body) })}`,
    )
    return send(request, signal)
  }
}
