import ignore, { type Ignore } from 'ignore'
import { lstat, opendir, readFile } from 'node:fs/promises'
import { join, matchesGlob, relative, sep } from 'node:path'
import { isEligibleFile, isEligibleFolder, isEligibleText } from './eligible.ts'

export interface FileLimits {
  /** Files read at most. */
  readonly count: number
  /** Bytes of one file; a larger one is left out. */
  readonly fileSize: number
  /** Bytes of all files; what comes after is left out. It bounds the memory, some 12 bytes for each. */
  readonly totalSize: number
  /** Files and folders considered in one scan. */
  readonly entries: number
}

export const defaultLimits: FileLimits = {
  count: 10_000,
  fileSize: 1024 * 1024,
  totalSize: 16 * 1024 * 1024,
  entries: 200_000,
}

/** Is told what the scans find. The text has LF line ends, the time is that of its last change. */
export interface FileReader {
  read(path: string, text: string, time: number): void | Promise<void>
  gone(path: string): void
}

/** Compares the folders with what was found before, and tells the reader the differences. */
export type Scan = (
  roots: readonly string[],
  exclude: readonly string[],
  signal: AbortSignal,
) => Promise<void>

/**
 * Reads the text files under `roots`, breadth first and in the order of their names, so that the
 * same tree gives the same answers, and the top of a huge one is read rather than one deep branch.
 * Symbolic links are not followed: they may leave the workspace or lead in circles.
 * What cannot be read is as good as not there.
 */
export function scanner(reader: FileReader, limits = defaultLimits): Scan {
  /** Path to what the file looked like when it was last read. */
  let known = new Map<string, string>()

  return async (roots, exclude, signal) => {
    const seen = new Map<string, string>()
    let room = limits.totalSize
    for await (const files of filesUnder(roots, exclude, limits.entries)) {
      for (const { path, look, size, time } of files) {
        signal.throwIfAborted()
        if (seen.has(path) || size > Math.min(limits.fileSize, room)) continue
        if (seen.size >= limits.count) break
        room -= size
        seen.set(path, look)
        if (known.get(path) === look) continue
        const text = await readText(path)
        if (text !== undefined) await reader.read(path, text, time)
        else reader.gone(path)
        known.set(path, look)
      }
      if (seen.size >= limits.count) break
    }
    for (const path of known.keys()) if (!seen.has(path)) reader.gone(path)
    known = seen
  }
}

async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  if (bytes === undefined || bytes.includes(0)) return undefined
  const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n')
  return isEligibleText(text) ? text : undefined
}

interface FoundFile {
  readonly path: string
  /** Is another after every change. */
  readonly look: string
  /** Bytes. */
  readonly size: number
  readonly time: number
}

interface Folder {
  readonly path: string
  /** Whether an entry is left out, by the `.gitignore` of the folders above and the globs of the root. */
  readonly isExcluded: (path: string, isFolder: boolean) => boolean
}

/** The eligible files, some at a time. */
async function* filesUnder(
  roots: readonly string[],
  exclude: readonly string[],
  entries: number,
): AsyncGenerator<readonly FoundFile[], void> {
  const folders: Folder[] = roots.map((root) => ({
    path: root,
    isExcluded: (path) =>
      exclude.some((glob) => matchesGlob(relative(root, path), glob) || matchesGlob(path, glob)),
  }))
  let left = entries
  // The list grows while it is walked: that is what makes the walk breadth first.
  for (const folder of folders) {
    const [files, subfolders] = await list(folder, left)
    left -= files.length + subfolders.length
    folders.push(...subfolders)
    for (let start = 0; start < files.length; start += statsAtOnce) {
      const found = await Promise.all(files.slice(start, start + statsAtOnce).map(lookAt))
      yield found.filter((file) => file !== undefined)
    }
    if (left <= 0) return
  }
}

const statsAtOnce = 64

async function lookAt(path: string): Promise<FoundFile | undefined> {
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isFile()) return undefined
  const { mtimeMs, ctimeMs, size } = found
  return { path, look: `${mtimeMs} ${ctimeMs} ${size}`, size, time: mtimeMs }
}

/** The eligible files and folders in a folder, each in the order of their names. */
async function list(folder: Folder, most: number): Promise<[files: string[], folders: Folder[]]> {
  const files: string[] = []
  const folders: string[] = []
  const isExcluded = await withGitignore(folder)
  try {
    for await (const entry of await opendir(folder.path, { bufferSize: 256 })) {
      if (files.length + folders.length >= most) break
      const path = join(folder.path, entry.name)
      const isFolder = entry.isDirectory()
      const isEligible = isFolder ? isEligibleFolder : isEligibleFile
      if (!isEligible(entry.name) || isExcluded(path, isFolder)) continue
      if (isFolder) folders.push(path)
      else if (entry.isFile()) files.push(path)
    }
  } catch {
    // A folder that cannot be listed, or is removed meanwhile.
  }
  return [files.toSorted(), folders.toSorted().map((path) => ({ path, isExcluded }))]
}

/** What a folder leaves out. Its own `.gitignore` has the last word over those above. */
async function withGitignore({ path: folder, isExcluded }: Folder): Promise<Folder['isExcluded']> {
  const rules = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined)
  if (rules === undefined) return isExcluded
  const own: Ignore = ignore().add(rules)
  return (path, isFolder) => {
    const name = relative(folder, path).split(sep).join('/')
    const { ignored, unignored } = own.test(isFolder ? `${name}/` : name)
    return ignored || (!unignored && isExcluded(path, isFolder))
  }
}
