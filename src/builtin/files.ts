import ignore from 'ignore'
import { existsSync } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { dirname, join, matchesGlob, relative, sep } from 'node:path'
import { isEligible, isEligibleText } from './eligible.ts'

export const DEFAULT_LIMITS = {
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
export function scanner(reader: FileReader, limits = DEFAULT_LIMITS) {
  /** Path to what the file looked like when it was last read. */
  let known = new Map<string, string>()

  return async (roots: readonly string[], exclude: readonly string[]): Promise<void> => {
    const seen = new Map<string, string>()
    let room = limits.totalSize
    for await (const path of filesUnder(roots, exclude, limits.entries)) {
      if (seen.size >= limits.count) break
      const { size, mtimeMs, ctimeMs } = await lstat(path).catch(() => missing)
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

const missing = { size: Infinity, mtimeMs: 0, ctimeMs: 0 }

async function readText(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined)
  const text = new TextDecoder().decode(bytes).replaceAll('\r\n', '\n')
  return bytes !== undefined && isEligibleText(text) ? text : undefined
}

/** Whether the `.gitignore` files of a folder and of those above leave an entry out. */
type Ignores = (path: string, isFolder: boolean) => boolean
const nothing: Ignores = () => false

/** The paths of the files that may be opened. */
async function* filesUnder(
  roots: readonly string[],
  exclude: readonly string[],
  entries: number,
): AsyncGenerator<string, void> {
  const folders: { root: string; path: string; ignores: Ignores }[] = []
  for (const root of roots) {
    let ignores = nothing
    for (const folder of repositoryAbove(root)) ignores = await withGitignore(folder, ignores)
    // An ignored folder that was opened itself was opened to be read.
    folders.push({ root, path: root, ignores: ignores(root, true) ? nothing : ignores })
  }
  let left = entries
  // The list grows while it is walked: that is what makes the walk breadth first.
  for (const { root, path: folder, ignores: above } of folders) {
    const ignores = await withGitignore(folder, above)
    const found = await readdir(folder, { withFileTypes: true }).catch(() => [])
    for (const entry of found.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      const names = [path, relative(root, path)]
      const isExcluded = exclude.some((glob) => names.some((name) => matchesGlob(name, glob)))
      if (!isEligible(entry, path) || isExcluded || ignores(path, entry.isDirectory())) continue
      if (left-- === 0) return
      if (entry.isDirectory()) folders.push({ root, path, ignores })
      else yield path
    }
  }
}

/** The folders above one, up to the one that is a repository; none if it is in no repository. */
function repositoryAbove(root: string): string[] {
  const found: string[] = []
  for (let folder = root; !existsSync(join(folder, '.git')); folder = dirname(folder)) {
    if (dirname(folder) === folder) return []
    found.unshift(dirname(folder))
  }
  return found
}

/** A folder's own `.gitignore` has the last word over those above. */
async function withGitignore(folder: string, above: Ignores): Promise<Ignores> {
  const rules = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => undefined)
  if (rules === undefined) return above
  const own = ignore().add(rules)
  return (path, isFolder) => {
    const name = relative(folder, path).split(sep).join('/')
    const { ignored, unignored } = own.test(isFolder ? `${name}/` : name)
    return ignored || (!unignored && above(path, isFolder))
  }
}
