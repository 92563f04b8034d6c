import { createHash } from 'node:crypto'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { scanner } from './files.ts'
import type { Knowledge } from './model.ts'
import { Texts } from './texts.ts'
import { Vocabulary } from './vocabulary.ts'

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
  /** How long answers wait for the first scan, in ms since its start: a small workspace is read by then. */
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

const lastChanged = 8
/** The thread is given back after this many ms. */
const slice = 5

/** @param signal ends a scan that is under way */
export function openLibrary(
  first: Workspace,
  signal: AbortSignal,
  { firstScan = 100, rescan = 15, maxAge = 2000 }: LibraryOptions = {},
): Library {
  const vocabulary = new Vocabulary()
  const caches = { workspace: new Texts(), open: new Texts(2 ** 16) }
  const changed = new Map<string, number>()
  let workspace = first
  let version = 0
  let pauseAt = performance.now() + slice
  const pause = async (): Promise<void> => {
    if (performance.now() < pauseAt) return
    await nextTurn()
    pauseAt = performance.now() + slice
  }
  const scan = scanner({
    async read(path, text, time) {
      version++
      changed.set(path, time)
      const isOpen = workspace.open?.includes(path) ?? false
      caches[isOpen ? 'workspace' : 'open'].take(path)
      caches[isOpen ? 'open' : 'workspace'].put(path, vocabulary.encode(text))
      await pause()
    },
    gone(path) {
      version++
      changed.delete(path)
      for (const cache of Object.values(caches)) cache.take(path)
    },
  })
  const openedAt = performance.now()
  let scannedAt = 0
  let scanning: Promise<void> | undefined = run()

  async function run(): Promise<void> {
    try {
      await scan(workspace.roots, workspace.exclude ?? [], signal)
      sortOpen()
      for (const cache of Object.values(caches)) await cache.tidy(pause)
    } catch {
      // Aborted: what has been read stays, and nobody asks any more.
    } finally {
      scannedAt = performance.now()
      scanning = undefined
    }
  }

  /** Puts each file into the cache that it belongs to now. */
  function sortOpen(): void {
    const byTime = [...changed].toSorted(([, a], [, b]) => b - a).map(([path]) => path)
    const open = new Set(workspace.open ?? byTime.slice(0, lastChanged))
    for (const path of caches.open.names()) {
      if (!open.has(path)) move(path, caches.open, caches.workspace)
    }
    for (const path of open) move(path, caches.workspace, caches.open)
  }

  return {
    vocabulary,
    get caches() {
      return [caches.workspace.history, caches.open.history]
    },
    get fingerprint() {
      const state = `${version} ${vocabulary.size} ${[...caches.open.names()].join('\n')}`
      return `fp_${createHash('sha256').update(state).digest('hex').slice(0, 12)}`
    },
    async ready() {
      if (performance.now() - scannedAt >= maxAge) scanning ??= run()
      if (scanning === undefined) return
      const enough = new AbortController()
      const longest = scannedAt > 0 ? rescan : openedAt + firstScan - performance.now()
      const patience = delay(Math.max(0, longest), undefined, enough)
      await Promise.race([scanning, patience.catch(() => undefined)])
      enough.abort()
    },
    update(next) {
      workspace = next
      if (scanning === undefined) sortOpen()
      // The next answer compares the files again.
      scannedAt = Math.min(scannedAt, performance.now() - maxAge)
    },
  }
}

function move(path: string, from: Texts, to: Texts): void {
  const ids = from.take(path)
  if (ids !== undefined) to.put(path, ids)
}
