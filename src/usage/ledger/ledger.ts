import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { clear, compact } from './compact.ts'
import { formatEntry, type Entry } from './entry.ts'
import { codeOf } from './files.ts'
import { dayOf, type Period } from './period.ts'
import { readRows } from './readRows.ts'
import type { Row } from './rows.ts'
import { createWriter, type OpenFile } from './writer.ts'

/**
 * All runs, kept across restarts and shared by all windows: at most 1 MB. Older days are summed up.
 */
export interface Ledger {
  /** Appends an entry in the background. An error is reported once, and never thrown. */
  add(entry: Entry): void
  /** Sums per day, endpoint, model and language. @throws the error of Node if it cannot be read */
  read(): Promise<Row[]>
  /** Forgets all entries. @throws the error of Node */
  reset(): Promise<void>
  /** Resolves when everything that was added is written. */
  settled(): Promise<void>
}

export interface LedgerOptions {
  /** Created when it is needed */
  folder: string
  /** Called with the `code` of the first error, such as `ENOSPC` */
  onFault: (code: string) => void
  /** ms since 1970 */
  now?: () => number
  openFile?: OpenFile
}

/** Entries that wait for a disk with room */
const MAX_PENDING = 100

/** Compacts after this number of bytes, so that the files stay small */
const COMPACT_AFTER = 50_000

export function createLedger({ folder, onFault, now = Date.now, openFile }: LedgerOptions): Ledger {
  const writer = createWriter(folder, openFile)
  const pending: string[] = []
  let working = Promise.resolve()
  let isReported = false
  /** The day on which this process compacted last */
  let compacted: Period | null = null
  let written = 0

  async function write(): Promise<void> {
    if (pending.length === 0) return
    try {
      await mkdir(folder, { recursive: true })
      for (let line = pending[0]; line !== undefined; line = pending[0]) {
        await writer.append(line, dayOf(now()))
        pending.shift()
        written += Buffer.byteLength(line)
      }
      await compactIfDue()
    } catch (error) {
      if (pending.length > MAX_PENDING) pending.splice(0, pending.length - MAX_PENDING)
      if (!isReported) onFault(codeOf(error))
      isReported = true
    }
  }

  async function compactIfDue(): Promise<void> {
    const today = dayOf(now())
    if (compacted === today && written < COMPACT_AFTER) return
    if (!(await compact(folder, now()))) return
    compacted = today
    written = 0
  }

  async function settled(): Promise<void> {
    await working
  }

  return {
    add(entry) {
      pending.push(formatEntry(entry))
      working = working.then(write)
    },
    async read() {
      await settled()
      return readRows(folder)
    },
    async reset() {
      await settled()
      await mkdir(folder, { recursive: true })
      while (!(await clear(folder))) await sleep(50)
    },
    settled,
  }
}
