import { listFiles, readEntries } from './files.ts'
import { mergeRows, rowOf, type Row } from './rows.ts'
import { parseSummary, summaryText } from './summary.ts'

/**
 * The sums of all entries: per day, and per month or year where older days were summed up.
 *
 * Each entry counts once, also while another process compacts: the summary is read after the files. A
 * file that was removed before it could be read is in the summary by then, and one that was read and is
 * in the summary as well is named there.
 */
export async function readRows(folder: string): Promise<Row[]> {
  const files = await listFiles(folder)
  const read = await Promise.all(
    files.map(async ({ name }) => ({ name, entries: await readEntries(folder, name) })),
  )
  const { included, rows } = parseSummary(await summaryText(folder))
  const others = read.filter(({ name }) => !included.includes(name))
  return mergeRows([...rows, ...others.flatMap(({ entries }) => entries.map(rowOf))])
}
