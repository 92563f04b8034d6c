import type { Disposable, Memento } from 'vscode'
import { createAccounting, type Accounting } from '../../usage/accounting.ts'
import type { RunEntry } from '../../usage/ledger/entry.ts'
import { createLedger, type Ledger } from '../../usage/ledger/ledger.ts'
import type { UsageNotice } from '../../usage/notices.ts'
import { createKeptTracker, type KeptTracker } from '../insertion/keptTracker.ts'

/** What is recorded about runs. It is loaded with the first of them. */
export interface UsageRecords extends Disposable {
  ledger: Ledger
  accounting: Accounting
  kept: KeptTracker
}

export interface UsageRecordsOptions {
  /** For the files of the ledger */
  folder: string
  /** Shared by all windows */
  state: Pick<Memento, 'get' | 'update'>
  notice: (notice: UsageNotice) => void
  onRecord: (entry: RunEntry) => void
}

export function createUsageRecords({
  folder,
  state,
  notice,
  onRecord,
}: UsageRecordsOptions): UsageRecords {
  const onFault = (code: string): void => notice({ id: 'ledgerFault', code })
  const ledger = createLedger({ folder, onFault })
  const accounting = createAccounting({ ledger, kept: state, notice, now: Date.now, onRecord })
  const kept = createKeptTracker((entry) => ledger.add(entry))
  return { ledger, accounting, kept, dispose: () => kept.dispose() }
}
