import type { LogLevel, LogOutputChannel } from 'vscode'
import type { HttpRequest, Send } from '../completions/http/transport.ts'
import { isSecretHeader } from '../completions/secrets.ts'
import type { RunEntry } from '../usage/ledger/entry.ts'
import type { Progress } from '../usage/progress.ts'
import { english } from './translate.ts'

/**
 * Logs what each run came to, without prompt, completion and key. At level Trace, which the user sets,
 * the log has each request in full, still without the key. The log is in English.
 */
export function logProgress(log: LogOutputChannel, progress: Progress): void {
  switch (progress.kind) {
    case 'idle':
    case 'streaming':
    case 'held':
    case 'swapped':
      return
    case 'waiting':
      log.debug('completion requested')
      return
    case 'done': {
      const { end, omitted, contextLimit, alternative } = progress
      log.debug(`details ${JSON.stringify({ end, omitted, contextLimit, alternative })}`)
      return
    }
    case 'failed': {
      const { kind, problem, requestId, cause } = progress.error
      const id = requestId === undefined ? '' : ` (request ${requestId})`
      void import('./wording.ts').then(({ problemMessage }) =>
        log.error(`${kind}: ${problemMessage(problem, english)}${id}`),
      )
      if (kind === 'internal' && cause instanceof Error) log.error(cause)
    }
  }
}

/** Logs a run in one line, without any text of it. */
export function logRun(
  log: Pick<LogOutputChannel, 'info'>,
  { outcome, end, endpoint, model, language, firstTokenAfter, elapsed, ...run }: RunEntry,
): void {
  const { prompt_tokens, cached_tokens, completion_tokens, estimated, dollars, inserted } = run
  const usage = { prompt_tokens, cached_tokens, completion_tokens, ...(estimated && { estimated }) }
  const parts = [
    `completion ${outcome === 'failed' ? 'failed' : 'ended'}: ${end}`,
    model === '' ? endpoint : `${endpoint} ${model}`,
    language,
    `usage ${JSON.stringify(usage)}`,
    ...(dollars === null ? [] : [`$${dollars.toFixed(6)}`]),
    `${inserted} characters inserted`,
    ...(firstTokenAfter === null ? [] : [`first token after ${firstTokenAfter} ms`]),
    `total ${elapsed} ms`,
  ]
  log.info(parts.join(', '))
}

/** VS Code's `LogLevel.Trace`: this file runs without VS Code. */
const TRACE: LogLevel = 1

/** The same `send`, which logs each request and its response at level Trace. */
export function logged(log: Pick<LogOutputChannel, 'logLevel' | 'trace'>, send: Send): Send {
  return async (request, signal) => {
    if (log.logLevel !== TRACE) return send(request, signal)
    log.trace(`request ${JSON.stringify(withoutSecrets(request))}`)
    const response = await send(request, signal)
    const { tracedBody } = await import('./tracedBody.ts')
    const { status } = response
    const body = tracedBody(response.body, request, (text) => {
      log.trace(`response ${status} ${JSON.stringify(text)}`)
    })
    return { status, header: (name) => response.header(name), body }
  }
}

function withoutSecrets({ method, url, headers, body }: HttpRequest): object {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    isSecretHeader(name) ? '…' : value,
  ])
  return {
    method,
    url,
    headers: Object.fromEntries(shown),
    body: body === undefined ? null : JSON.parse(body),
  }
}
