import type { CompletionErrorKind } from '../../completions/errors.ts'
import { endpointLabel } from '../../settings/endpointLabel.ts'
import type { Settings } from '../../settings/settings.ts'
import type { EndedRun } from '../../usage/accounting.ts'
import type { Cost } from '../../usage/progress.ts'
import { textIn } from '../insertion/inserted.ts'
import type { Outcome } from './completeAt.ts'
import type { UsageRecords } from './usage.ts'

/** The errors before anything is sent: such a run has not taken place. */
const NOT_SENT: ReadonlySet<CompletionErrorKind> = new Set([
  'invalid_request',
  'not_editable',
  'not_sent',
  'budget',
])

/**
 * Records a run that has ended, and follows what it inserted.
 *
 * @returns the outcome, with what the run has cost
 */
export function recordRun(
  outcome: Outcome,
  settings: Settings,
  { accounting, kept }: Pick<UsageRecords, 'accounting' | 'kept'>,
): Outcome {
  const { progress, document, places } = outcome
  const run = endedRun(outcome, settings)
  if (run === null) return outcome
  const spending = accounting.record(run, settings)
  for (const place of places) {
    if (place?.hasText === true) kept.track(document, place.range, run)
  }
  return progress.kind === 'done' ? { ...outcome, progress: { ...progress, spending } } : outcome
}

/** What is recorded of a run; `null`: nothing of it was sent */
export function endedRun(
  { progress, document, places, model, cost }: Outcome,
  settings: Settings,
): EndedRun | null {
  const inserted = places.map((place) =>
    place?.hasText === true ? textIn(document, place.range).length : 0,
  )
  const run = {
    endpoint: endpointLabel(settings.endpoint),
    model: model ?? settings.model,
    language: document.languageId,
    cost: model === null ? { ...cost, prompt_tokens: 0, completion_tokens: 0 } : cost,
    inserted: inserted.reduce((sum, length) => sum + length, 0),
  }
  if (progress.kind === 'failed') {
    const { kind } = progress.error
    return NOT_SENT.has(kind)
      ? null
      : { ...run, outcome: 'failed', end: kind, cost: costOfFailure(run.cost) }
  }
  if (progress.kind !== 'done') return null
  const { by, reason } = progress.end
  return { ...run, outcome: by === 'user' ? 'cancelled' : 'finished', end: reason }
}

/** A request that failed before any text is not billed, as long as the server does not report usage. */
function costOfFailure(cost: Cost): Cost {
  return cost.estimated && cost.firstTokenAfter === null ? { ...cost, prompt_tokens: 0 } : cost
}
