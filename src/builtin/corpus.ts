import { setTimeout as delay } from 'node:timers/promises'
import { scanner } from './files.ts'
import { keysOf, type Keys } from './keys.ts'

/** A text to find continuations in. */
export interface Source {
  readonly text: string
  readonly keys: Keys
}

export interface CorpusOptions {
  /** How long answers wait for the first scan, in ms since its start: a small workspace is read by then. */
  readonly firstScan?: number
  /** How long a later answer waits for changed files to be read again, in ms. */
  readonly rescan?: number
  /** How old the last scan may be before files are compared again, in ms. */
  readonly maxAge?: number
}

/** The text files of the workspace, which follow the edits that are saved. */
export interface Corpus {
  /** Resolves when the files are as fresh as an answer may wait for. Never rejects. */
  ready(): Promise<void>
  /** The files by now, oldest first. */
  sources(): Iterable<Source>
}

/**
 * Starts to read the files under `roots`.
 * @param signal ends a scan that is under way
 */
export function openCorpus(
  roots: readonly string[],
  signal: AbortSignal,
  { firstScan = 300, rescan = 20, maxAge = 2000 }: CorpusOptions = {},
): Corpus {
  const files = new Map<string, Source>()
  const scan = scanner(roots, {
    read: (path, text) => files.set(path, { text, keys: keysOf(text) }),
    gone: (path) => files.delete(path),
  })
  const openedAt = performance.now()
  let scannedAt = 0
  let scanning: Promise<void> | undefined = run()

  async function run(): Promise<void> {
    try {
      await scan(signal)
    } catch {
      // Aborted: what has been read stays, and nobody asks any more.
    } finally {
      scannedAt = performance.now()
      scanning = undefined
    }
  }

  return {
    async ready() {
      if (performance.now() - scannedAt >= maxAge) scanning ??= run()
      if (scanning === undefined) return
      const enough = new AbortController()
      const longest = scannedAt > 0 ? rescan : openedAt + firstScan - performance.now()
      const patience = delay(Math.max(0, longest), undefined, enough)
      await Promise.race([scanning, patience.catch(() => undefined)])
      enough.abort()
    },
    sources: () => files.values(),
  }
}
