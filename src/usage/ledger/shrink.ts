import { DAY, daysBefore, MONTH, monthOf, YEAR } from './period.ts'
import { compactRow, mergeRows, type Row, type RowKey } from './rows.ts'

/** Days that stay apart, if there is room */
const DAYS = 92

/** The place of names that are summed up */
const OTHER = 'other'

/**
 * Sums up rows until they fit: first older days per month, then without the language and the model,
 * in the end older months per year.
 *
 * @param bytes length of the rows as JSON
 * @param now ms since 1970
 */
export function shrink(rows: readonly Row[], bytes: number, now: number): Row[] {
  let shrunk = coarser(rows, perMonthBefore(daysBefore(now, DAYS)))
  for (const step of steps(now)) {
    if (sizeOf(shrunk) <= bytes) return shrunk
    shrunk = coarser(shrunk, step)
  }
  return shrunk
}

type Step = (row: Row) => Partial<RowKey>

function steps(now: number): readonly Step[] {
  const month = monthOf(now)
  return [
    perMonthBefore(daysBefore(now, 31)),
    perMonthBefore(`${month}-01`),
    (row) => (isMonth(row) ? { language: '' } : {}),
    (row) => (isMonth(row) ? { model: OTHER } : {}),
    ({ period }) => (period < month ? { period: period.slice(0, YEAR) } : {}),
    () => ({ language: '' }),
    ({ period }) => ({ period: period.slice(0, MONTH), endpoint: OTHER, model: OTHER }),
  ]
}

function isMonth({ period }: Row): boolean {
  return period.length < DAY
}

/** Periods compare as text: a month comes before its days. */
function perMonthBefore(day: string): Step {
  return ({ period }) =>
    period.length === DAY && period < day ? { period: period.slice(0, MONTH) } : {}
}

function coarser(rows: readonly Row[], step: Step): Row[] {
  return mergeRows(rows.map((row) => ({ ...row, ...step(row) })))
}

function sizeOf(rows: readonly Row[]): number {
  return Buffer.byteLength(JSON.stringify(rows.map(compactRow)))
}
