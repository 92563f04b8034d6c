import assert from 'node:assert/strict'
import { mergeRows, rowOf, totalOf, type Row } from '../../../../src/usage/ledger/rows.ts'
import { shrink } from '../../../../src/usage/ledger/shrink.ts'
import { noon, runEntry } from './support.ts'

const NOW = noon('2026-11-27')
const LANGUAGES = ['python', 'go', 'rust']

/** One run per language on each of the days before */
function days(count: number): Row[] {
  const entries = Array.from({ length: count }, (_, before) => {
    const date = new Date(2026, 10, 27 - before, 12)
    return LANGUAGES.map((language) => runEntry({ at: date.getTime(), language }))
  })
  return mergeRows(entries.flat().map(rowOf))
}

suite('rows that are summed up', () => {
  test('days older than three months, per month', () => {
    const rows = shrink(days(200), Infinity, NOW)
    const periods = [...new Set(rows.map(({ period }) => period))]
    assert.deepEqual(periods.slice(0, 4), ['2026-05', '2026-06', '2026-07', '2026-08'])
    assert.equal(periods[4], '2026-08-27')
    assert.equal(periods.length, 4 + 93)
    assert.equal(totalOf(rows).runs, 600)
  })

  for (const bytes of [100_000, 40_000, 20_000, 3_000, 500]) {
    test(`to ${bytes} bytes: the sums stay, and the current month can be told`, () => {
      const all = days(2000)
      const rows = shrink(all, bytes, NOW)
      const before = totalOf(all)
      const after = totalOf(rows)
      assert.deepEqual({ ...after, dollars: Math.round(after.dollars) }, before)
      const ofMonth = rows.filter(({ period }) => period.startsWith('2026-11'))
      assert.equal(totalOf(ofMonth).runs, 27 * 3)
      const size = JSON.stringify(rows.map(({ period, model }) => ({ period, model }))).length
      assert.ok(size < bytes || rows.length < 12, `${size} bytes`)
    })
  }
})
