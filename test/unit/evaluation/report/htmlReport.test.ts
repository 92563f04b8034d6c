import assert from 'node:assert/strict'
import { htmlReport, REPORT_ACTIONS } from '../../../../src/evaluation/report/htmlReport.ts'
import { english } from '../../../../src/ui/translate.ts'
import { resultWith } from '../support.ts'

suite('Evaluation: the page of a report', () => {
  const results = [
    resultWith({ id: 'line a.ts:1', expected: 'return <b>', text: 'return "<script>alert(1)"' }),
    resultWith({ id: 'line b.ts:2', exact: true, text: 'expected' }),
  ]
  const options = { locale: 'en', nonce: 'abc', hasButtons: false, t: english }
  const report = { title: 'a & b', notes: ['seed 1.'], results }
  const page = htmlReport(report, options)

  test('escapes what models and files contain', () => {
    assert.ok(page.includes('&lt;<del>b</del><ins>script</ins>&gt;'))
    assert.doesNotMatch(page, /<script/)
    assert.match(page, /<h1>a &amp; b<\/h1>/)
  })

  test('needs nothing else: no script, no address, a strict policy', () => {
    assert.match(page, /default-src &#39;none&#39;; style-src &#39;nonce-abc&#39;/)
    assert.doesNotMatch(page, /https?:|\ssrc=|@import|url\(/)
  })

  test('shows the differences of what is not exact', () => {
    assert.ok(page.includes('line a.ts:1'))
    assert.ok(!page.includes('line b.ts:2'))
    assert.match(page, /1 of 1 completions that differ/)
  })

  test('has buttons to save it in VS Code only, and then a script with the nonce', () => {
    const view = htmlReport(report, { ...options, hasButtons: true })
    assert.match(view, /script-src &#39;nonce-abc&#39;"/)
    assert.equal(view.match(/<script/g)?.length, 1)
    for (const action of REPORT_ACTIONS) {
      assert.ok(view.includes(`data-action="${action}"`))
      assert.ok(!page.includes(action))
    }
  })
})
