import type { LogOutputChannel } from 'vscode'
import type { RunEntry } from '../../usage/ledger/entry.ts'

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
