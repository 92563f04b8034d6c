import assert from 'node:assert/strict'
import { english } from '../../../../src/ui/translate.ts'
import { dollars } from '../../../../src/ui/usage/dollars.ts'
import { usageFigures } from '../../../../src/ui/usage/usageFigures.ts'
import { usagePage } from '../../../../src/ui/usage/usagePage.ts'
import type { Entry } from '../../../../src/usage/ledger/entry.ts'
import { mergeRows, rowOf } from '../../../../src/usage/ledger/rows.ts'
import { keptEntry, noon, runEntry } from '../../usage/ledger/support.ts'

const NOW = noon('2026-11-27')

function figuresOf(...entries: Entry[]) {
  return usageFigures(mergeRows(entries.map(rowOf)), NOW)
}

function pageOf(...entries: Entry[]): string {
  return usagePage(figuresOf(...entries), {
    locale: 'en',
    nonce: 'abc123',
    focused: null,
    t: english,
  })
}

suite('the usage view', () => {
  test('says that there is nothing yet', () => {
    const page = pageOf()
    assert.match(page, /No completions yet\./)
    assert.doesNotMatch(page, /<table/)
  })

  test('escapes the names that servers and settings choose', () => {
    const name = `</td><script>alert("1")</script><img src='x' onerror=&>`
    const page = pageOf(
      runEntry({ model: name, endpoint: name, language: name }),
      keptEntry({ model: name, endpoint: name, language: name }),
    )
    assert.equal(page.match(/<script/g)?.length, 1)
    assert.doesNotMatch(page, /<img|onerror=&>|alert\("/)
    const escaped =
      '&lt;/td&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=&#39;x&#39; onerror=&amp;&gt;'
    // In the legend and three tables, as a model; as an endpoint in two, and as a language in one
    assert.equal(page.split(escaped).length - 1, 7)
  })

  test('loads nothing, and runs only its own script and style', () => {
    const page = pageOf(runEntry(), keptEntry())
    const [, policy] = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page) ?? []
    assert.equal(
      policy,
      `default-src &#39;none&#39;; style-src &#39;nonce-abc123&#39;; script-src &#39;nonce-abc123&#39;`,
    )
    assert.equal(page.match(/<(script|style) nonce="abc123">/g)?.length, 2)
    // The policy refuses them, without a word.
    assert.doesNotMatch(page, /\sstyle=|\son\w+=|https?:|<link|<img/)
  })

  test('has its figures in tables with headings, for screen readers and the keyboard', () => {
    const page = pageOf(runEntry(), keptEntry())
    assert.equal(page.match(/<h1>/g)?.length, 1)
    const tables = page.match(/<table>[^]*?<\/table>/g) ?? []
    assert.equal(tables.length, 3)
    for (const table of tables) {
      assert.match(table, /<caption>[^]*<th scope="col"[^]*<th scope="row"/)
    }
    const regions = page.match(/class="scroll" tabindex="0" role="region" aria-label="[^"]+"/g)
    assert.equal(regions?.length, 3)
    // The chart has nothing that the table does not have.
    assert.match(page, /<svg class="chart"[^>]*aria-hidden="true"/)
  })

  test('shows tokens, cost, latency and what was kept', () => {
    const page = pageOf(
      runEntry({ prompt_tokens: 12_345, completion_tokens: 678, dollars: 0.5 }),
      keptEntry({ inserted: 40, kept: 30 }),
    )
    for (const part of ['12,345', '678', '13,023 tokens', '$0.50', '75 %', '2026-11-27']) {
      assert.ok(page.includes(part), part)
    }
    assert.match(page, /<td>(19\d|20\d) ms<\/td>/)
    assert.doesNotMatch(page, /~/)
  })

  test('marks sums with an estimate in them', () => {
    const page = pageOf(runEntry({ prompt_tokens: 500 }), runEntry({ estimated: true }))
    assert.ok(page.includes('~600 → ~20 tokens') && page.includes('~$0.50'))
  })

  test('has no price for a model without one', () => {
    const page = pageOf(runEntry({ dollars: null }))
    assert.match(page, /No price set/)
    assert.doesNotMatch(page, /\$/)
  })

  test('the pressed button keeps the focus', () => {
    const options = { locale: 'en', nonce: 'x', focused: 'exportCsv', t: english } as const
    const page = usagePage(figuresOf(), options)
    assert.deepEqual(page.match(/data-action="\w+"\s+autofocus/g), [
      'data-action="exportCsv" autofocus',
    ])
  })
})

suite('the figures of the usage view', () => {
  test('today, this month and all', () => {
    const { today, month, all } = figuresOf(
      runEntry(),
      runEntry({ at: noon('2026-11-01') }),
      runEntry({ at: noon('2026-10-31') }),
    )
    assert.deepEqual([today.runs, month.runs, all.runs], [1, 2, 3])
  })

  test('the chart has 30 days, and the fifth color is for all other models', () => {
    const models = ['a', 'b', 'c', 'd', 'e', 'f']
    const entries = models.map((model, index) => runEntry({ model, prompt_tokens: 600 - index }))
    const old = runEntry({ at: noon('2026-10-28'), model: 'a', prompt_tokens: 9000 })
    const figures = figuresOf(...entries, old)
    assert.deepEqual(figures.models, ['a', 'b', 'c', 'd', null])
    assert.equal(figures.days.length, 30)
    assert.equal(figures.days[0]?.day, '2026-10-29')
    assert.deepEqual(figures.days.at(-1), {
      day: '2026-11-27',
      tokens: [610, 609, 608, 607, 606 + 605],
    })
  })

  test('the latest period first', () => {
    const { byPeriod } = figuresOf(runEntry({ at: noon('2026-10-31') }), runEntry())
    assert.deepEqual(
      byPeriod.map(({ period }) => period),
      ['2026-11-27', '2026-10-31'],
    )
  })
})

suite('dollars', () => {
  const cases: [amount: number, text: string][] = [
    [0, '$0.00'],
    [12.345, '$12.35'],
    [0.154, '$0.15'],
    [0.0154, '$0.015'],
    [0.00021, '$0.00021'],
    [0.00000004, '$0.000000'],
  ]
  for (const [amount, text] of cases) {
    test(text, () => assert.equal(dollars(amount), text))
  }

  test('an estimate is marked', () => assert.equal(dollars(2, true), '~$2.00'))
})
