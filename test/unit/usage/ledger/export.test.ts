import assert from 'node:assert/strict'
import { exportCsv, exportJson } from '../../../../src/usage/ledger/export.ts'
import { mergeRows, rowOf } from '../../../../src/usage/ledger/rows.ts'
import { keptEntry, runEntry } from './support.ts'

const rows = mergeRows([
  rowOf(runEntry({ model: '=HYPERLINK("x"),\n2' })),
  rowOf(runEntry({ dollars: null, firstTokenAfter: null })),
  rowOf(keptEntry()),
])

suite('export of the ledger', () => {
  test('as JSON', () => {
    const [first, second] = JSON.parse(exportJson(rows))
    assert.equal(first.model, '=HYPERLINK("x"),\n2')
    assert.equal(first.dollars, 0.25)
    assert.deepEqual(
      [second.dollars, second.first_token_ms_p50, second.kept_characters_30_s],
      [null, null, 30],
    )
  })

  test('as CSV, of which a spreadsheet runs nothing', () => {
    const lines = exportCsv(rows).split('\r\n')
    assert.equal(lines.length, 4)
    assert.match(lines[0]!, /^period,endpoint,model,language,runs,cancelled,failed,prompt_tokens,/)
    assert.ok(lines[1]!.includes(`,"'=HYPERLINK(""x""),\n2",`), lines[1])
    const columns = lines[0]!.split(',').length
    assert.equal(lines[2]!.split(',').length, columns)
  })

  test('without runs it has the header only', () => {
    assert.equal(exportCsv([]).split('\r\n').length, 2)
    assert.equal(exportJson([]), '[]\n')
  })
})
