import { constants, type PathLike } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, dayOfFile, lockOf, newFileName } from './files.ts'
import { tryLock } from './lock.ts'
import type { Period } from './period.ts'

/** Appends lines to a file of this process. One call at a time. */
export interface Writer {
  /** @throws the error of Node; then nothing of the line will ever be read */
  append(line: string, day: Period): Promise<void>
}

export type OpenFile = (path: PathLike, flags: number) => Promise<FileHandle>

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = constants

/** @param openFile opens the file, so that a test can use a full device */
export function createWriter(folder: string, openFile: OpenFile = open): Writer {
  let current: string | null = null

  async function appendTo(name: string, line: string, flags: number): Promise<boolean> {
    const lock = join(folder, lockOf(name))
    if (!(await tryLock(lock))) return false
    try {
      const file = await openFile(join(folder, name), O_WRONLY | O_APPEND | flags)
      try {
        const { bytesWritten } = await file.write(line)
        // Without its line break, a reader ignores it.
        if (bytesWritten < Buffer.byteLength(line)) throw shortWrite()
      } finally {
        await file.close()
      }
      return true
    } catch (error) {
      if (codeOf(error) === 'ENOENT' && flags === 0) return false
      throw error
    } finally {
      await rm(lock, { force: true })
    }
  }

  return {
    async append(line, day) {
      const name = current !== null && dayOfFile(current) === day ? current : null
      // After an error, the next line goes into a new file: this one may end in a part of a line.
      current = null
      // A file that is being compacted is locked or gone.
      if (name !== null && (await appendTo(name, line, 0))) {
        current = name
        return
      }
      const next = newFileName(day)
      await appendTo(next, line, O_CREAT | O_EXCL)
      current = next
    },
  }
}

function shortWrite(): Error {
  return Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' })
}
