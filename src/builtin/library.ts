import { hash } from 'node:crypto'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { scanner } from './files.ts'
import type { Knowledge } from './model/task.ts'
import { Vocabulary } from './model/vocabulary.ts'
import { Texts } from './texts.ts'

/** The workspace, which the extension sends at the start and when it changes */
export interface Workspace {
  /** Folders whose text files are read */
  readonly roots: readonly string[]
  /** Paths of the open files. By default, the most recently changed files count as open. */
  readonly open?: readonly string[]
  /** Globs of files and folders to exclude */
  readonly exclude?: readonly string[]
}

export interface LibraryOptions {
  /** How long requests wait for the first scan, in ms since its start. For its first files, ten times that. */
  readonly firstScan?: number
  /** How long later requests wait for changed files to be read, in ms */
  readonly rescan?: number
  /** How old the last scan may be before files are scanned again, in ms */
  readonly maxAge?: number
}

/** The text files of the workspace as the model reads them, kept up to date. */
export interface Library extends Knowledge {
  /** Changes whenever the same request could have a different result */
  readonly fingerprint: string
  /** Resolves when the files are up to date, or a request has waited long enough. Never rejects. */
  ready(): Promise<void>
  update(workspace: Workspace): void
}

/** How many of the most recently changed files count as open by default */
const RECENT_FILES = 8
/** Number of files that is enough for a first completion */
const ENOUGH_FILES = 50
/** Reading files yields to other work after this many ms. */
const TIME_SLICE = 5

export function openLibrary(
  first: Workspace,
  { firstScan = 80, rescan = 8, maxAge = 2000 }: LibraryOptions = {},
): Library {
  const vocabulary = new Vocabulary()
  let [all, open] = [new Texts(), new Texts(2 ** 16)]
  /** Modification time of each file, by path */
  const times = new Map<string, number>()
  let workspace = first
  let state = ''
  let pauseAt = performance.now() + TIME_SLICE
  const pause = async (): Promise<void> => {
    if (performance.now() < pauseAt) return
    await nextTurn()
    pauseAt = performance.now() + TIME_SLICE
  }
  const scan = scanner({
    async changed(path, text, time) {
      this.removed(path)
      times.set(path, time)
      all.put(path, new Int32Array(vocabulary.learn(text)))
      await pause()
    },
    removed(path) {
      state = hash('sha256', `${state} ${path} ${times.get(path)}`)
      times.delete(path)
      all.delete(path)
      open.delete(path)
    },
  })
  const openedAt = performance.now()
  let scannedAt = 0
  let scanning: Promise<void> | undefined = run()

  async function run(): Promise<void> {
    const scanned = workspace
    await scan(scanned.roots, scanned.exclude ?? [])
    updateOpen()
    all = await all.compacted(pause)
    open = await open.compacted(pause)
    // If the workspace was updated during the scan, the next request starts another one.
    scannedAt = performance.now() - (workspace === scanned ? 0 : maxAge)
    scanning = undefined
  }

  const hasFewFiles = (): boolean => scannedAt === 0 && times.size < ENOUGH_FILES
  const scanFor = (ms: number): Promise<void> =>
    Promise.race([scanning, delay(Math.max(0, ms), undefined, { ref: false })])

  /** Makes the cache of the open files contain exactly these. */
  function updateOpen(): void {
    const newest = [...times].toSorted(([, a], [, b]) => b - a).map(([path]) => path)
    const paths = new Set(workspace.open ?? newest.slice(0, RECENT_FILES))
    for (const path of open.names) if (!paths.has(path)) open.delete(path)
    for (const path of paths) {
      const ids = all.ids(path)
      if (ids && !open.ids(path)) open.put(path, ids)
    }
  }

  return {
    vocabulary,
    get caches() {
      return [all.history, open.history]
    },
    get fingerprint() {
      const whole = [state, vocabulary.size, ...open.names].join('\n')
      return `fp_${hash('sha256', whole).slice(0, 12)}`
    },
    async ready() {
      if (performance.now() - scannedAt >= maxAge) scanning ??= run()
      const longest = scannedAt > 0 ? rescan : openedAt + firstScan - performance.now()
      await scanFor(longest)
      // On a busy machine, wait longer for the first files: without any, every completion is empty.
      const latest = openedAt + 10 * firstScan
      while (hasFewFiles() && performance.now() < latest) await scanFor(10)
    },
    update(next) {
      workspace = next
      if (scanning === undefined) updateOpen()
      // The next request scans the files again.
      scannedAt = Math.min(scannedAt, performance.now() - maxAge)
    },
  }
}
