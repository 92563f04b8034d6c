/** What is to report about usage, as data: `ui/wording.ts` has a sentence for each. */
export type UsageNotice =
  /** Both in dollars. Reported once per month */
  | { id: 'budgetNearlySpent'; spent: number; budget: number }
  /** The ledger cannot be written. `code`: of the error of Node. Reported once per window */
  | { id: 'ledgerFault'; code: string }
