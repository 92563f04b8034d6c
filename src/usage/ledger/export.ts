import { KEPT_WHEN } from './entry.ts'
import { percentile } from './latency.ts'
import { totalOf, type Row } from './rows.ts'

/** One row of the export: plain values, named as in the API where it has the field. */
type Exported = Readonly<Record<string, string | number | null>>

export function exportJson(rows: readonly Row[]): string {
  return `${JSON.stringify(rows.map(exported), null, 2)}\n`
}

/** RFC 4180, with a header */
export function exportCsv(rows: readonly Row[]): string {
  const all = rows.map(exported)
  const names = Object.keys(exported(totalOf([])))
  const lines = [names, ...all.map((row) => names.map((name) => row[name] ?? ''))]
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

function exported({ firstToken, kept, priced, dollars, runs, ...row }: Row): Exported {
  return {
    period: row.period,
    endpoint: row.endpoint,
    model: row.model,
    language: row.language,
    runs,
    cancelled: row.cancelled,
    failed: row.failed,
    prompt_tokens: row.prompt_tokens,
    cached_tokens: row.cached_tokens,
    completion_tokens: row.completion_tokens,
    estimated_runs: row.estimated,
    dollars: priced === 0 ? null : dollars,
    inserted_characters: row.inserted,
    elapsed_ms: row.elapsed,
    first_token_ms_p50: rounded(percentile(firstToken, 0.5)),
    first_token_ms_p95: rounded(percentile(firstToken, 0.95)),
    ...Object.fromEntries(
      KEPT_WHEN.flatMap((when) => [
        [`measured_characters_${NAMES[when]}`, kept[when].inserted],
        [`kept_characters_${NAMES[when]}`, kept[when].kept],
      ]),
    ),
  }
}

const NAMES = { halfMinute: '30_s', twoMinutes: '2_min', save: 'save' } as const

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value)
}

/** A spreadsheet would run a name that begins like a formula: servers choose the names of models. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
