import { daysBefore, DAY, dayOf, monthOf, type Period } from '../../usage/ledger/period.ts'
import { totalOf, type Row } from '../../usage/ledger/rows.ts'

/** Days in the chart */
export const CHART_DAYS = 30

/** Models with a color of their own in the chart */
const MAX_MODELS = 5

/** What the usage view shows, in its order. */
export interface UsageFigures {
  today: Row
  month: Row
  all: Row
  days: readonly ChartDay[]
  /** The models of the chart, the most used first; `null`: all others together */
  models: readonly (string | null)[]
  /** One row per period and model, the latest first */
  byPeriod: readonly Row[]
  byModel: readonly Row[]
  /** One row per model and language with measured insertions */
  byLanguage: readonly Row[]
}

export interface ChartDay {
  day: Period
  /** Prompt and completion tokens of each of `models` */
  tokens: readonly number[]
}

/** @param now ms since 1970 */
export function usageFigures(rows: readonly Row[], now: number): UsageFigures {
  const inPeriod = (period: Period): Row =>
    totalOf(rows.filter((row) => row.period.startsWith(period)))
  const byModel = grouped(rows, ({ endpoint, model }) => ({ endpoint, model })).toSorted(
    (a, b) => tokensOf(b) - tokensOf(a),
  )
  const names = [...new Set(byModel.map(({ model }) => model))]
  const models = names.length > MAX_MODELS ? [...names.slice(0, MAX_MODELS - 1), null] : names
  const known = new Set(models)
  const days = Array.from({ length: CHART_DAYS }, (_, index) => {
    const day = daysBefore(now, CHART_DAYS - 1 - index)
    const own = rows.filter(({ period }) => period === day)
    const tokens = models.map((name) => {
      const ofModel = own.filter(({ model }) =>
        name === null ? !known.has(model) : model === name,
      )
      return tokensOf(totalOf(ofModel))
    })
    return { day, tokens }
  })
  return {
    today: inPeriod(dayOf(now)),
    month: inPeriod(monthOf(now)),
    all: totalOf(rows),
    days,
    models,
    byPeriod: grouped(rows, ({ period, endpoint, model }) => ({
      period,
      endpoint,
      model,
    })).toSorted((a, b) => compareText(b.period.padEnd(DAY), a.period.padEnd(DAY))),
    byModel,
    byLanguage: grouped(rows, ({ model, language }) => ({ model, language })).filter(({ kept }) =>
      Object.values(kept).some(({ inserted }) => inserted > 0),
    ),
  }
}

export function tokensOf({ prompt_tokens, completion_tokens }: Row): number {
  return prompt_tokens + completion_tokens
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => Partial<Row>): Row[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(keyOf(row)))
  return [...groups.values()].map((group) => totalOf(group, group[0] && keyOf(group[0])))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
