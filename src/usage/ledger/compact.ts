import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  COMPACT_LOCK,
  dayOfFile,
  listFiles,
  lockOf,
  readEntries,
  removeFile,
  SUMMARY,
  type EntryFile,
} from './files.ts'
import { tryLockOrTake, withLock } from './lock.ts'
import { dayOf } from './period.ts'
import { mergeRows, rowOf, type Row } from './rows.ts'
import { shrink } from './shrink.ts'
import { parseSummary, summaryText, writeSummary, type Summary } from './summary.ts'

/** Maximum size of the summary's rows, in bytes. It exists twice while it is replaced. */
const MAX_SUMMARY = 300_000

/** Names of removed files that the summary keeps */
const MAX_NAMES = 300

/** Today's files stay as they are up to this size in all, in bytes */
const MAX_TODAY = 200_000

/**
 * Moves the entries of earlier days into the summary, and those of today if there are many.
 *
 * Each file is locked from before it is read until it is removed: its writer finds it locked, or
 * missing, and begins a new file. When this process is killed in between, the next one continues.
 *
 * @returns whether it ran; `false` if another process compacts at this moment
 */
export async function compact(folder: string, now: number): Promise<boolean> {
  return replaceSummary(folder, {
    choose(files) {
      const today = dayOf(now)
      const total = files.reduce((sum, { size }) => sum + size, 0)
      return total > MAX_TODAY ? files : files.filter(({ name }) => dayOfFile(name) !== today)
    },
    sum: (rows) => shrink(rows, MAX_SUMMARY, now),
  })
}

/** Forgets all entries. @returns whether it ran; `false` if another process compacts at this moment */
export async function clear(folder: string): Promise<boolean> {
  return replaceSummary(folder, { choose: (files) => files, sum: () => [] })
}

interface Replacement {
  choose: (files: readonly EntryFile[]) => readonly EntryFile[]
  sum: (rows: readonly Row[]) => readonly Row[]
}

function replaceSummary(folder: string, { choose, sum }: Replacement): Promise<boolean> {
  return withLock(join(folder, COMPACT_LOCK), async (isOurs) => {
    const { included, rows } = await readSummary(folder)
    const files = await listFiles(folder)
    // What a process that was killed has left
    const left = files.filter(({ name }) => included.includes(name))
    for (const { name } of left) await removeFile(folder, name)
    const others = files.filter(({ name }) => !included.includes(name))
    const locked = await lockAll(folder, choose(others))
    let isWritten = false
    try {
      const entries = await Promise.all(locked.map((name) => readEntries(folder, name)))
      const all = mergeRows([...rows, ...entries.flat().map(rowOf)])
      if (!(await isOurs())) return
      await writeSummary(folder, {
        included: [...locked, ...included].slice(
          0,
          Math.max(MAX_NAMES, locked.length + left.length),
        ),
        rows: sum(all),
      })
      isWritten = true
      for (const name of locked) await removeFile(folder, name)
    } finally {
      // Once the summary has the entries, nobody may append to a file that could not be removed.
      if (!isWritten) {
        for (const name of locked) await rm(join(folder, lockOf(name)), { force: true })
      }
    }
  })
}

/** Files that are being written to are left for the next time. */
async function lockAll(folder: string, files: readonly EntryFile[]): Promise<string[]> {
  const locked: string[] = []
  for (const { name } of files) {
    if (await tryLockOrTake(join(folder, lockOf(name)))) locked.push(name)
  }
  return locked
}

async function readSummary(folder: string): Promise<Summary> {
  const text = await summaryText(folder)
  try {
    return parseSummary(text)
  } catch {
    // Damaged by something else. It is kept for the user, and a new one begins.
    await rename(join(folder, SUMMARY), join(folder, `${SUMMARY}.damaged`))
    return parseSummary('')
  }
}
