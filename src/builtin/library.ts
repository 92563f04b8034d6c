import { hash } from 'node:crypto'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { scanner } from './files.ts'
import type { Knowledge } from './model/task.ts'
import { Vocabulary } from './model/vocabulary.ts'
import { Texts } from './texts.ts'

/** What the endpoint is told about the workspace, at the start and when it changes. */
export interface Workspace {
  /** Folders whose text files are read. */
  readonly roots: readonly string[]
  /** Paths of the open files. Without them, the files that were changed last count as open. */
  readonly open?: readonly string[]
  /** Globs of files and folders that are left out. */
  readonly exclude?: readonly string[]
}

export interface LibraryOptions {
  /** How long answers wait for the first scan, in ms since its start; for the first few files ten times that. */
  readonly firstScan?: number
  /** How long a later answer waits for changed files to be read again, in ms. */
  readonly rescan?: number
  /** How old the last scan may be before files are compared again, in ms. */
  readonly maxAge?: number
}

/** The text files of the workspace as the model knows them, following what is saved. */
export interface Library extends Knowledge {
  /** Changes whenever the same request may be answered differently. */
  readonly fingerprint: string
  /** Resolves when the files are as fresh as an answer may wait for. Never rejects. */
  ready(): Promise<void>
  update(workspace: Workspace): void
}

/** Files that count as open where nobody says which are. */
const lastChanged = 8
/** So many files say enough for a first answer. */
const few = 50
/** The thread is given back after this many ms. */
const slice = 5

export function openLibrary(
  first: Workspace,
  { firstScan = 80, rescan = 15, maxAge = 2000 }: LibraryOptions = {},
): Library {
  const vocabulary = new Vocabulary()
  let [all, open] = [new Texts(), new Texts(2 ** 16)]
  /** When each file was changed, by its path. */
  const times = new Map<string, number>()
  let workspace = first
  let state = ''
  let pauseAt = performance.now() + slice
  const pause = async (): Promise<void> => {
    if (performance.now() < pauseAt) return
    await nextTurn()
    pauseAt = performance.now() + slice
  }
  const scan = scanner({
    async read(path, text, time) {
      this.gone(path)
      times.set(path, time)
      all.put(path, Int32Array.from(vocabulary.learn(text)))
      await pause()
    },
    gone(path) {
      state = hash('sha256', `${state} ${path} ${times.get(path)}`)
      times.delete(path)
      all.drop(path)
      open.drop(path)
    },
  })
  const openedAt = performance.now()
  let scannedAt = 0
  let scanning: Promise<void> | undefined = run()

  async function run(): Promise<void> {
    const scanned = workspace
    await scan(scanned.roots, scanned.exclude ?? [])
    sortOpen()
    all = await all.tidied(pause)
    open = await open.tidied(pause)
    // What was told meanwhile is for the next scan, which the next answer begins.
    scannedAt = performance.now() - (workspace === scanned ? 0 : maxAge)
    scanning = undefined
  }

  const knowsLittle = (): boolean => scannedAt === 0 && times.size < few
  const patience = (ms: number): Promise<void> =>
    Promise.race([scanning, delay(Math.max(0, ms), undefined, { ref: false })])

  /** Copies what is open now into the cache of the open files. */
  function sortOpen(): void {
    const newest = [...times].toSorted(([, a], [, b]) => b - a).map(([path]) => path)
    const paths = new Set(workspace.open ?? newest.slice(0, lastChanged))
    for (const path of open.names) if (!paths.has(path)) open.drop(path)
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
      await patience(longest)
      // A small workspace is waited for on a busy machine too: without it there is nothing to say.
      const latest = openedAt + 10 * firstScan
      while (knowsLittle() && performance.now() < latest) await patience(10)
    },
    update(next) {
      workspace = next
      if (scanning === undefined) sortOpen()
      // The next answer compares the files again.
      scannedAt = Math.min(scannedAt, performance.now() - maxAge)
    },
  }
}
