import type { TaskResult } from '../taskResult.ts'

/** The figures of the tasks of one group, or of all. Shares are 0…1. */
export interface Summary {
  readonly group: string
  readonly tasks: number
  /** Share with a completion that is not empty */
  readonly answered: number
  readonly exact: number
  /** Mean */
  readonly similarity: number
  readonly firstLine: number
  /** Of all inserted characters, those that the authors wrote as well */
  readonly kept: number
  /** Of the tasks whose test was run (pass@1); `null`: none was */
  readonly passed: number | null
  /** ms; `null`: no token came */
  readonly firstToken: { readonly median: number; readonly p95: number } | null
  readonly prompt_tokens: number
  readonly completion_tokens: number
  /** Whether some of the tokens are estimates */
  readonly estimated: boolean
  /** `null` without a price */
  readonly dollars: number | null
  readonly failed: number
}

/** One summary for each group, in the order of their first tasks, and one for all. */
export function summaries(results: readonly TaskResult[]): Summary[] {
  const groups = [...Map.groupBy(results, ({ group }) => group)]
  const each = groups.map(([group, own]) => summaryOf(group, own))
  return groups.length > 1 ? [...each, summaryOf('all', results)] : each
}

export function summaryOf(group: string, results: readonly TaskResult[]): Summary {
  const share = (isMeant: (result: TaskResult) => boolean): number =>
    results.length === 0 ? 0 : results.filter(isMeant).length / results.length
  const times = results
    .flatMap(({ cost }) => cost.firstTokenAfter ?? [])
    .toSorted((one, other) => one - other)
  const priced = results.flatMap(({ dollars }) => dollars ?? [])
  const tested = results.filter(({ passed }) => passed !== null)
  const inserted = sum(results.map(({ text }) => text.trim().length))
  return {
    group,
    tasks: results.length,
    answered: share(({ text }) => text.trim() !== ''),
    exact: share(({ exact }) => exact),
    similarity: sum(results.map(({ similarity }) => similarity)) / Math.max(1, results.length),
    firstLine: share(({ firstLine }) => firstLine),
    kept:
      inserted === 0
        ? 0
        : sum(results.map(({ kept, text }) => kept * text.trim().length)) / inserted,
    passed:
      tested.length === 0 ? null : tested.filter(({ passed }) => passed).length / tested.length,
    firstToken:
      times.length === 0 ? null : { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
    prompt_tokens: sum(results.map(({ cost }) => cost.prompt_tokens)),
    completion_tokens: sum(results.map(({ cost }) => cost.completion_tokens)),
    estimated: results.some(({ cost }) => cost.estimated),
    dollars: priced.length === 0 ? null : sum(priced),
    failed: results.filter(({ problem }) => problem !== null).length,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** @param values sorted, at least one @param share 0…1 */
function quantile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
}
