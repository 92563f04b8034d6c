import ignore from 'ignore'
import { existsSync } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { dirname, join, matchesGlob, relative, sep } from 'node:path'
import { isEligible, isEligibleText } from './eligible.ts'

export const DEFAULT_LIMITS = {
  /** Maximum number of files to read */
  count: 10_000,
  /** Maximum size of a file, in bytes. Larger files are skipped. */
  fileSize: 1024 * 1024,
  /**
   * Maximum size of all files, in bytes. Files that exceed it are skipped. It bounds the memory,
   * which is about 12 bytes for each of these.
   */
  totalSize: 16 * 1024 * 1024,
  /** Maximum number of files and folders to visit in one scan */
  entries: 200_000,
}

/** A file as it is now */
interface Loaded {
  path: string
  /** In bytes */
  size: number
  /** Of the last modification, in ms since 1970 */
  time: number
  version: string
  /** `undefined`: unreadable, too large, or not changed */
  bytes: Uint8Array | undefined
}

/** Receives the changes that scans find. */
export interface ScanObserver {
  /**
   * A file is new or has changed.
   * @param text with LF line endings and without a byte order mark
   * @param time of the last modification, in ms since 1970
   */
  changed(path: string, text: string, time: number): void | Promise<void>
  /** A file was deleted or is no longer eligible. Also called for files that were not reported before. */
  removed(path: string): void
}

/**
 * Creates a function that scans folders for text files and reports what changed since its last call.
 *
 * The scan is breadth first and sorted by name. So the same tree always gives the same completions,
 * and in a huge tree the upper levels are read rather than one deep branch. Symbolic links are not
 * followed: they may leave the workspace or form a cycle. Unreadable files and folders are skipped.
 */
export function scanner(observer: ScanObserver, limits = DEFAULT_LIMITS) {
  /** The version of each file that was read last, by path */
  let known = new Map<string, string>()

  /** The version of a file, and its bytes if that is new */
  async function load(path: string): Promise<Loaded> {
    const { size, mtimeMs, ctimeMs } = await lstat(path).catch(() => MISSING)
    const version = `${mtimeMs} ${ctimeMs} ${size}`
    const isRead = size <= limits.fileSize && known.get(path) !== version
    const bytes = isRead ? await readFile(path).catch(() => undefined) : undefined
    return { path, size, time: mtimeMs, version, bytes }
  }

  return async (roots: readonly string[], exclude: readonly string[]): Promise<void> => {
    const seen = new Map<string, string>()
    let bytesLeft = limits.totalSize
    const paths = filesUnder(roots, exclude, limits.entries)
    for await (const { path, size, time, version, bytes } of readAhead(paths, load)) {
      if (seen.size >= limits.count) break
      if (seen.has(path) || size > Math.min(limits.fileSize, bytesLeft)) continue
      bytesLeft -= size
      seen.set(path, version)
      if (known.get(path) === version) continue
      const text = bytes && eligibleText(path, bytes)
      if (text === undefined) observer.removed(path)
      else await observer.changed(path, text, time)
      known.set(path, version)
    }
    for (const path of known.keys()) if (!seen.has(path)) observer.removed(path)
    known = seen
  }
}

/** How many files are read while an earlier one is processed */
const AHEAD = 16

/** Loads some items ahead, and yields them in their order. */
async function* readAhead<Item, Result>(
  items: AsyncIterable<Item>,
  load: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const loading: Promise<Result>[] = []
  for await (const item of items) {
    const next = loading.push(load(item)) > AHEAD ? loading.shift() : undefined
    if (next !== undefined) yield await next
  }
  for (const next of loading) yield await next
}

const MISSING = { size: Infinity, mtimeMs: 0, ctimeMs: 0 }

function eligibleText(path: string, bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n')
  return isEligibleText(path, text) ? text : undefined
}

/** Whether the files for Git of a folder and of its parents exclude an entry */
type Ignores = (path: string, isFolder: boolean) => boolean
const ignoresNothing: Ignores = () => false

/** The paths of all eligible files, after visiting at most `entries` files and folders. */
async function* filesUnder(
  roots: readonly string[],
  exclude: readonly string[],
  entries: number,
): AsyncGenerator<string, void> {
  const folders: { root: string; path: string; ignores: Ignores }[] = []
  for (const root of roots) {
    const above = repositoryAbove(root)
    const [top = root] = above
    let ignores = await withPatterns(top, join('.git', 'info', 'exclude'), ignoresNothing)
    for (const folder of above) ignores = await withPatterns(folder, '.gitignore', ignores)
    // A folder that the user opened is read even if its repository ignores it.
    folders.push({ root, path: root, ignores: ignores(root, true) ? ignoresNothing : ignores })
  }
  let entriesLeft = entries
  // The loop appends to the list that it iterates over, which makes the search breadth first.
  for (const { root, path: folder, ignores: above } of folders) {
    const ignores = await withPatterns(folder, '.gitignore', above)
    const found = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      const names = [path, relative(root, path)]
      const isExcluded = exclude.some((glob) => names.some((name) => matchesGlob(name, glob)))
      if (!isEligible(entry, path) || isExcluded || ignores(path, entry.isDirectory())) continue
      if (entriesLeft-- === 0) return
      if (entry.isDirectory()) folders.push({ root, path, ignores })
      else yield path
    }
  }
}

/** The parents of a folder up to the root of its repository, outermost first; empty outside of one */
function repositoryAbove(root: string): string[] {
  const found: string[] = []
  for (let folder = root; !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    if (dirname(folder) === folder) return []
    found.unshift(dirname(folder))
  }
  return found
}

/** Adds the patterns of a file, which are relative to the folder and take precedence over those above. */
async function withPatterns(folder: string, file: string, above: Ignores): Promise<Ignores> {
  const patterns = await readFile(join(folder, file), 'utf8').catch(() => undefined)
  if (patterns === undefined) return above
  const own = ignore().add(patterns)
  return (path, isFolder) => {
    const name = relative(folder, path).split(sep).join('/')
    const { ignored, unignored } = own.test(isFolder ? `${name}/` : name)
    return ignored || (!unignored && above(path, isFolder))
  }
}
