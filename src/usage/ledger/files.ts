import { randomBytes } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEntry, type Entry } from './entry.ts'
import type { Period } from './period.ts'

/**
 * The files of the ledger:
 *
 * ```
 *   2026-11-27.3f9c….jsonl        one entry per line, appended by one process
 *   2026-11-27.3f9c….jsonl.lock   while it is appended to, or compacted
 *   summary.json                  the sums of the files that were compacted
 *   compact.lock                  while one process compacts
 * ```
 */
const NAME = /^\d{4}-\d\d-\d\d\.[\da-f]{16}\.jsonl$/

export const SUMMARY = 'summary.json'
export const COMPACT_LOCK = 'compact.lock'

/** A name that no file had before, so that the summary can list names. */
export function newFileName(day: Period): string {
  return `${day}.${randomBytes(8).toString('hex')}.jsonl`
}

export function dayOfFile(name: string): Period {
  return name.slice(0, 10)
}

export interface EntryFile {
  name: string
  /** Bytes */
  size: number
}

/** The files with entries. A folder that does not exist has none. */
export async function listFiles(folder: string): Promise<EntryFile[]> {
  const names = (await orIfMissing(readdir(folder), [])).filter((name) => NAME.test(name))
  const files = names.map(async (name) => {
    const found = await orIfMissing(stat(join(folder, name)), null)
    return found === null ? [] : [{ name, size: found.size }]
  })
  return (await Promise.all(files)).flat()
}

/** The entries of a file; none if it does not exist any more. A torn last line is skipped. */
export async function readEntries(folder: string, name: string): Promise<Entry[]> {
  const text = await orIfMissing(readFile(join(folder, name), 'utf8'), '')
  // What follows the last line break is torn, or still being written.
  const lines = text.split('\n').slice(0, -1)
  return lines.map(parseEntry).filter((entry) => entry !== null)
}

/** Removes a file, and then its lock: in this order nobody can append to it in between. */
export async function removeFile(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true })
  await rm(join(folder, lockOf(name)), { force: true })
}

export function lockOf(name: string): string {
  return `${name}.lock`
}

/** The result, or another value if there is no such file. */
export async function orIfMissing<T, U>(result: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await result
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return otherwise
  }
}

/** The `code` of an error of Node; empty if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
