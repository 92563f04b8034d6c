import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { codeOf, orIfMissing } from './files.ts'

/** A lock file that is older was left by a process that was killed; in ms. */
const STALE = 60_000

/** Creates a lock file. @returns whether it did; `false` if somebody else has it */
export async function tryLock(path: string, content = ''): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** The same, and takes a lock that was left behind. Only for a process that compacts. */
export async function tryLockOrTake(path: string, content = ''): Promise<boolean> {
  if (await tryLock(path, content)) return true
  const found = await orIfMissing(stat(path), null)
  if (found === null) return tryLock(path, content)
  // The clock may have gone backwards since.
  if (Math.abs(Date.now() - found.mtimeMs) <= STALE) return false
  await rm(path, { force: true })
  return tryLock(path, content)
}

/**
 * Runs a task while this process has the lock.
 *
 * @param task is told by `isOurs` whether the lock was taken over meanwhile
 * @returns whether it ran; `false` if somebody else has the lock
 */
export async function withLock(
  path: string,
  task: (isOurs: () => Promise<boolean>) => Promise<void>,
): Promise<boolean> {
  const token = crypto.randomUUID()
  if (!(await tryLockOrTake(path, token))) return false
  const isOurs = async (): Promise<boolean> =>
    (await orIfMissing(readFile(path, 'utf8'), '')) === token
  try {
    await task(isOurs)
  } finally {
    if (await isOurs()) await rm(path, { force: true })
  }
  return true
}
