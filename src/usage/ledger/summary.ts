import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isFields, list, string } from '../../completions/fields.ts'
import { orIfMissing, SUMMARY } from './files.ts'
import { compactRow, parseRow, type Row } from './rows.ts'

/** The sums of the files that were compacted. */
export interface Summary {
  /**
   * The latest files whose entries are in the rows, the newest first. They are removed next. The names
   * stay for a while: a reader may have read a file just before it was compacted.
   */
  included: readonly string[]
  rows: readonly Row[]
}

const EMPTY: Summary = { included: [], rows: [] }

/** The text of the summary; empty if there is none. */
export async function summaryText(folder: string): Promise<string> {
  return orIfMissing(readFile(join(folder, SUMMARY), 'utf8'), '')
}

/** @throws SyntaxError if the file is damaged: it is only ever replaced as a whole. */
export function parseSummary(text: string): Summary {
  const value: unknown = text === '' ? null : JSON.parse(text)
  if (!isFields(value)) return EMPTY
  return {
    included: list(value['included'], string).filter((name) => name !== null),
    rows: list(value['rows'], parseRow).filter((row) => row !== null),
  }
}

/** Replaces the summary as a whole, also when the machine stops in between. */
export async function writeSummary(folder: string, summary: Summary): Promise<void> {
  const path = join(folder, SUMMARY)
  const file = await open(`${path}.new`, 'w')
  try {
    await file.writeFile(JSON.stringify({ ...summary, rows: summary.rows.map(compactRow) }))
    // The entries are removed next.
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
