import { CompletionError } from '../completions/errors.ts'
import { dayOf, monthOf, type Period } from './ledger/period.ts'
import { totalOf, type Row } from './ledger/rows.ts'
import type { UsageNotice } from './notices.ts'

/** Share of the budget at which the user is warned */
const WARN_AT = 0.8

/** The names under which it is remembered that the user was warned, and allowed more. */
const WARNED = 'budgetWarned'
const ALLOWED = 'budgetAllowed'

export interface BudgetOptions {
  read: () => Promise<readonly Row[]>
  /** Values that are kept across restarts */
  kept: {
    get(key: string): unknown
    update(key: string, value: unknown): PromiseLike<void>
  }
  notice: (notice: UsageNotice) => void
  now: () => number
}

/** The monthly budget. */
export interface Budget {
  /**
   * Checks that money is left, and warns once per month when little is.
   *
   * @param budget dollars; 0: no budget
   * @throws CompletionError `budget` when it is spent, and the user has not allowed more today
   */
  check(budget: number): Promise<void>
  /** Allows more until the end of the day. */
  allowToday(): Promise<void>
}

export function createBudget({ read, kept, notice, now }: BudgetOptions): Budget {
  async function warn(spent: number, budget: number, month: Period): Promise<void> {
    if (kept.get(WARNED) === month) return
    await kept.update(WARNED, month)
    notice({ id: 'budgetNearlySpent', spent, budget })
  }

  return {
    async check(budget) {
      if (budget === 0) return
      const month = monthOf(now())
      const { dollars } = totalOf((await read()).filter(({ period }) => period.startsWith(month)))
      if (dollars < budget * WARN_AT) return
      if (dollars < budget) return warn(dollars, budget, month)
      if (kept.get(ALLOWED) === dayOf(now())) return
      throw new CompletionError('budget', { id: 'budgetSpent', spent: dollars, budget })
    },
    async allowToday() {
      await kept.update(ALLOWED, dayOf(now()))
    },
  }
}
