import { createBudget, type Budget, type BudgetOptions } from './budget.ts'
import { count, type Origin, type RunEntry, type RunOutcome } from './ledger/entry.ts'
import type { Ledger } from './ledger/ledger.ts'
import { dollarsFor, priceOf, type Prices } from './price.ts'
import type { Cost, Spending } from './progress.ts'
import { NO_USAGE, withRun } from './session.ts'

/** A run that has ended. */
export interface EndedRun extends Omit<Origin, 'at'> {
  outcome: RunOutcome
  /** A finish_reason, why the run was stopped, or the kind of the error */
  end: string
  cost: Cost
  /** Characters that it left in the document */
  inserted: number
}

/** The settings about money */
export interface UsageSettings {
  prices: Prices
  /** Dollars; 0: no budget */
  monthlyBudget: number
}

/** Keeps account of the runs of this window. */
export interface Accounting extends Pick<Budget, 'allowToday'> {
  /**
   * Called before anything is sent to a model.
   *
   * @throws CompletionError `budget` when the model has a price and the budget is spent
   */
  check(settings: UsageSettings, model: string): Promise<void>
  /** Writes the run into the ledger, in the background. */
  record(run: EndedRun, settings: UsageSettings): Spending
}

export interface AccountingOptions extends Omit<BudgetOptions, 'read'> {
  ledger: Ledger
  /** Called for each run, for the log */
  onRecord: (entry: RunEntry) => void
}

export function createAccounting({ ledger, onRecord, ...options }: AccountingOptions): Accounting {
  const { now } = options
  let session = NO_USAGE

  /** An unreadable ledger stops no run; it is reported when it is written to. */
  async function readOrNothing(): ReturnType<Ledger['read']> {
    try {
      return await ledger.read()
    } catch {
      return []
    }
  }
  const budget = createBudget({ ...options, read: readOrNothing })

  return {
    allowToday: () => budget.allowToday(),
    async check({ prices, monthlyBudget }, model) {
      if (monthlyBudget === 0 || priceOf(model, prices) === null) return
      await budget.check(monthlyBudget)
    },
    record({ cost, ...run }, { prices, monthlyBudget }) {
      const price = priceOf(run.model, prices)
      const dollars = price && dollarsFor(cost, price)
      session = withRun(session, cost, dollars)
      const entry: RunEntry = {
        kind: 'run',
        at: now(),
        ...run,
        prompt_tokens: count(cost.prompt_tokens),
        cached_tokens: count(cost.cached_tokens),
        completion_tokens: count(cost.completion_tokens),
        estimated: cost.estimated,
        firstTokenAfter: cost.firstTokenAfter && count(cost.firstTokenAfter),
        elapsed: count(cost.elapsed),
        dollars,
      }
      ledger.add(entry)
      onRecord(entry)
      // The warning comes with the run that spent the money. The refusal is for the next one.
      if (dollars !== null) budget.check(monthlyBudget).catch(() => undefined)
      return { dollars, session }
    },
  }
}
