import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createAccounting, type EndedRun } from '../../../src/usage/accounting.ts'
import type { RunEntry } from '../../../src/usage/ledger/entry.ts'
import { createLedger } from '../../../src/usage/ledger/ledger.ts'
import type { UsageNotice } from '../../../src/usage/notices.ts'
import { memory } from '../../support/memory.ts'
import { isError } from '../../support/wording.ts'
import { noon, useFolder } from './ledger/support.ts'

const PRICES = { 'paid*': { input: 1_000_000, output: 0 } }

suite('accounting', () => {
  const makeFolder = useFolder()

  async function open(settings: { monthlyBudget: number }, folder?: string) {
    let now = noon('2026-11-27')
    const notices: UsageNotice[] = []
    const entries: RunEntry[] = []
    const used = folder ?? join(await makeFolder(), 'usage')
    const ledger = createLedger({ folder: used, now: () => now, onFault: assert.fail })
    const accounting = createAccounting({
      ledger,
      kept: memory(),
      notice: (notice) => notices.push(notice),
      now: () => now,
      onRecord: (entry) => entries.push(entry),
    })
    const all = { ...settings, prices: PRICES }
    return {
      folder: used,
      ledger,
      notices,
      entries,
      setDay: (day: string) => (now = noon(day)),
      check: (model = 'paid') => accounting.check(all, model),
      allowToday: () => accounting.allowToday(),
      /** Spends this number of dollars. */
      spend: async (dollars: number, model = 'paid') => {
        const spending = accounting.record(run(dollars, model), all)
        await ledger.read()
        // The warning is not waited for.
        await new Promise((resolve) => setTimeout(resolve, 100))
        return spending
      },
    }
  }

  function run(prompt_tokens: number, model: string): EndedRun {
    return {
      endpoint: 'x',
      model,
      language: 'go',
      outcome: 'finished',
      end: 'stop',
      inserted: 3,
      cost: {
        prompt_tokens,
        cached_tokens: null,
        completion_tokens: 5,
        estimated: false,
        firstTokenAfter: 10.4,
        elapsed: 20.6,
      },
    }
  }

  const refused = isError('budget', 'Not sent: of the monthly budget of $10.00, $10.00 are spent.')

  test('adds up the runs of the window', async () => {
    const { spend, entries } = await open({ monthlyBudget: 0 })
    assert.equal((await spend(2)).dollars, 2)
    assert.equal((await spend(3, 'free')).dollars, null)
    const { session } = await spend(4)
    assert.deepEqual(session, {
      runs: 3,
      prompt_tokens: 9,
      completion_tokens: 15,
      estimated: false,
      dollars: 6,
    })
    assert.deepEqual(
      entries.map(({ dollars, elapsed }) => [dollars, elapsed]),
      [
        [2, 21],
        [null, 21],
        [4, 21],
      ],
    )
  })

  test('warns at 80 % of the budget, once per month', async () => {
    const { spend, notices, check, setDay } = await open({ monthlyBudget: 10 })
    await spend(7)
    assert.deepEqual(notices, [])
    await spend(1)
    await check()
    await spend(1)
    assert.deepEqual(notices, [{ id: 'budgetNearlySpent', spent: 8, budget: 10 }])
    setDay('2026-12-01')
    await spend(9)
    assert.equal(notices.length, 2)
  })

  test('refuses a model with a price when the budget is spent, until the next month', async () => {
    const { spend, check, setDay } = await open({ monthlyBudget: 10 })
    await spend(10)
    await assert.rejects(check(), refused)
    await check('free')
    setDay('2026-12-01')
    await check()
  })

  test('the user can allow more until the end of the day', async () => {
    const { spend, check, allowToday, setDay } = await open({ monthlyBudget: 10 })
    await spend(10)
    await allowToday()
    await check()
    setDay('2026-11-28')
    await assert.rejects(check(), refused)
  })

  test('what other windows have spent counts', async () => {
    const first = await open({ monthlyBudget: 10 })
    const second = await open({ monthlyBudget: 10 }, first.folder)
    await first.spend(5)
    await second.spend(5)
    await assert.rejects(first.check(), refused)
  })
})
