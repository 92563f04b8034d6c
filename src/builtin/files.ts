import ignore from 'ignore'
import type { Dirent } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join, matchesGlob, relative, sep } from 'node:path'
import { isEligible, isEligibleText } from './eligible.ts'

export const defaultLimits = {
  /** Files read at most. */
  count: 10_000,
  /** Bytes of one file; a larger one is left out. */
  fileSize: 1024 * 1024,
  /** Bytes of all files; what comes after is left out. It bounds the memory, some 12 bytes for each. */
  totalSize: 16 * 1024 * 1024,
  /** Files and folders considered in one scan. */
  entries: 200_000,
}

/** Is told what the scans find. The text has LF line ends, the time is that of its last change. */
export interface FileReader {
  read(path: string, text: string, time: number): void | Promise<void>
  gone(path: string): void
}

/**
 * Reads the text files under `roots`, breadth first and in the order of their names, so that the
 * same tree gives the same answers, and the top of a huge one is read rather than one deep branch.
 * Symbolic links are not followed: they may leave the workspace or lead in circles.
 * What cannot be read is as good as not there.
 * @returns a scan, which tells the reader what is different from the scan before
 */
export function scanner(reader: FileReader, limits = defaultLimits) {
  /** Path to what the file looked like when it was last read. */
  let known = new Map<string, string>()

  return async (roots: readonly string[], exclude: readonly string[]): Promise<void> => {
    const seen = new Map<string, string>()
    let room = limits.totalSize
    for await (const path of filesUnder(roots, exclude, limits.entries)) {
      if (seen.size >= limits.count) break
      const { size, mtimeMs, ctimeMs } = await lstat(path).catch(() => nothing)
      if (seen.has(path) || size > Math.min(limits.fileSize, room)) continue
      room -= size
      const look = `${mtimeMs} ${ctimeMs} ${size}`
      seen.set(path, look)
      if (known.get(path) === look) continue
      const text = await readText(path)
      if (text === undefined) reader.gone(path)
      else await reader.read(path, text, mtimeMs)
      known.set(path, look)
    }
    for (const path of known.keys()) if (!seen.has(path)) reader.gone(path)
    known = seen
  }
}

const nothing = { size: Infinity, mtimeMs: 0, ctimeMs: 0 }

async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n')
  return bytes !== undefined && isEligibleText(text) ? text : undefined
}

interface Folder {
  readonly path: string
  /** Whether an entry is left out, by the `.gitignore` of the folders above and the globs of the root. */
  readonly isExcluded: (path: string, isFolder: boolean) => boolean
}

/** The paths of the files that may be opened. */
async function* filesUnder(
  roots: readonly string[],
  exclude: readonly string[],
  entries: number,
): AsyncGenerator<string, void> {
  const folders: Folder[] = roots.map((root) => ({
    path: root,
    isExcluded: (path) =>
      exclude.some((glob) => matchesGlob(relative(root, path), glob) || matchesGlob(path, glob)),
  }))
  let left = entries
  // The list grows while it is walked: that is what makes the walk breadth first.
  for (const folder of folders) {
    const isExcluded = await withGitignore(folder)
    const found = await readdir(folder.path, { withFileTypes: true }).catch(() => [])
    const kept = found
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .filter((entry) => isEligible(entry) && !isExcluded(pathOf(entry), entry.isDirectory()))
      .slice(0, left)
    for (const entry of kept) {
      if (entry.isDirectory()) folders.push({ path: pathOf(entry), isExcluded })
      else yield pathOf(entry)
    }
    left -= kept.length
    if (left <= 0) return
  }
}

const pathOf = (entry: Dirent): string => join(entry.parentPath, entry.name)

/** What a folder leaves out. Its own `.gitignore` has the last word over those above. */
async function withGitignore({ path: folder, isExcluded }: Folder): Promise<Folder['isExcluded']> {
  const rules = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined)
  if (rules === undefined) return isExcluded
  const own = ignore().add(rules)
  return (path, isFolder) => {
    const name = relative(folder, path).split(sep).join('/')
    const { ignored, unignored } = own.test(isFolder ? `${name}/` : name)
    return ignored || (!unignored && isExcluded(path, isFolder))
  }
}
