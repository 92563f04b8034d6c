import { isFields, string, type Fields } from '../../completions/fields.ts'
import { amount, KEPT_WHEN, type Entry, type KeptWhen } from './entry.ts'
import { sumOfLatencies, withLatency, type Latencies } from './latency.ts'
import { dayOf, type Period } from './period.ts'

/** The sums of all runs of a period with one endpoint, model and language. */
export interface Row extends RowKey, Sums {
  /** Times to the first token */
  firstToken: Latencies
  /** The insertions that were measured later, in characters */
  kept: Readonly<Record<KeptWhen, Kept>>
}

export interface RowKey {
  period: Period
  endpoint: string
  model: string
  language: string
}

export interface Kept {
  inserted: number
  kept: number
}

/** Numbers that are added up */
const SUMS = [
  'runs',
  'cancelled',
  'failed',
  'prompt_tokens',
  'cached_tokens',
  'completion_tokens',
  /** Runs whose token counts are estimates */
  'estimated',
  /** ms */
  'elapsed',
  /** Of the runs that have a price */
  'dollars',
  /** Runs that have a price */
  'priced',
  /** Characters */
  'inserted',
] as const

export type Sums = Record<(typeof SUMS)[number], number>

/** One row for each key that occurs. */
export function mergeRows(rows: Iterable<Row>): Row[] {
  const merged = new Map<string, Row>()
  for (const row of rows) {
    const key = JSON.stringify([row.period, row.endpoint, row.model, row.language])
    const before = merged.get(key)
    merged.set(key, before === undefined ? row : addTo(before, row))
  }
  return [...merged.values()].toSorted((a, b) => (a.period < b.period ? -1 : 1))
}

/** The sum of all rows under one key; all zeros without rows. */
export function totalOf(rows: Iterable<Row>, key: Partial<RowKey> = {}): Row {
  let total = emptyRow({ period: '', endpoint: '', model: '', language: '', ...key })
  for (const row of rows) total = addTo(total, row)
  return total
}

function addTo(a: Row, b: Row): Row {
  const sum = { ...a }
  for (const name of SUMS) sum[name] = a[name] + b[name]
  sum.firstToken = sumOfLatencies(a.firstToken, b.firstToken)
  sum.kept = keptBy((when) => ({
    inserted: a.kept[when].inserted + b.kept[when].inserted,
    kept: a.kept[when].kept + b.kept[when].kept,
  }))
  return sum
}

/** The row of one entry, for its local day */
export function rowOf(entry: Entry): Row {
  const { endpoint, model, language } = entry
  const row = emptyRow({ period: dayOf(entry.at), endpoint, model, language })
  if (entry.kind === 'kept') {
    const { when, inserted, kept } = entry
    return { ...row, kept: { ...row.kept, [when]: { inserted, kept } } }
  }
  const { firstTokenAfter, dollars } = entry
  return {
    ...row,
    runs: 1,
    cancelled: entry.outcome === 'cancelled' ? 1 : 0,
    failed: entry.outcome === 'failed' ? 1 : 0,
    prompt_tokens: entry.prompt_tokens,
    cached_tokens: entry.cached_tokens,
    completion_tokens: entry.completion_tokens,
    estimated: entry.estimated ? 1 : 0,
    elapsed: entry.elapsed,
    dollars: dollars ?? 0,
    priced: dollars === null ? 0 : 1,
    inserted: entry.inserted,
    firstToken: firstTokenAfter === null ? {} : withLatency({}, firstTokenAfter),
  }
}

function emptyRow(key: RowKey): Row {
  return {
    ...key,
    ...sumsBy(() => 0),
    firstToken: {},
    kept: keptBy(() => ({ inserted: 0, kept: 0 })),
  }
}

/** The row for a file: numbers that are 0 are left out. */
export function compactRow({ firstToken, kept, ...row }: Row): Fields {
  const isMeasured = KEPT_WHEN.some((when) => kept[when].inserted > 0)
  return {
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== 0)),
    ...(Object.keys(firstToken).length > 0 && { firstToken }),
    ...(isMeasured && { kept: KEPT_WHEN.map((when) => [kept[when].inserted, kept[when].kept]) }),
  }
}

/** The row that `compactRow` wrote; `null` if it is none. */
export function parseRow(value: unknown): Row | null {
  const period = isFields(value) ? string(value['period']) : null
  if (!isFields(value) || period === null) return null
  const { firstToken, kept } = value
  return {
    period,
    endpoint: string(value['endpoint']) ?? '',
    model: string(value['model']) ?? '',
    language: string(value['language']) ?? '',
    ...sumsBy((name) => amount(value[name])),
    firstToken: isFields(firstToken)
      ? Object.fromEntries(Object.entries(firstToken).map(([at, n]) => [at, amount(n)]))
      : {},
    kept: keptBy((_when, index) => {
      const pair: unknown = Array.isArray(kept) ? kept[index] : null
      const [inserted, left]: unknown[] = Array.isArray(pair) ? pair : []
      return { inserted: amount(inserted), kept: amount(left) }
    }),
  }
}

function sumsBy(value: (name: (typeof SUMS)[number]) => number): Sums {
  return {
    runs: value('runs'),
    cancelled: value('cancelled'),
    failed: value('failed'),
    prompt_tokens: value('prompt_tokens'),
    cached_tokens: value('cached_tokens'),
    completion_tokens: value('completion_tokens'),
    estimated: value('estimated'),
    elapsed: value('elapsed'),
    dollars: value('dollars'),
    priced: value('priced'),
    inserted: value('inserted'),
  }
}

function keptBy(value: (when: KeptWhen, index: number) => Kept): Row['kept'] {
  return {
    halfMinute: value('halfMinute', 0),
    twoMinutes: value('twoMinutes', 1),
    save: value('save', 2),
  }
}
