import { Disposable, workspace, type TextDocument } from 'vscode'
import { absorbAll } from '../../infill/ranges/absorbing.ts'
import type { Range } from '../../infill/ranges/position.ts'
import { keptCharacters, visibleLength } from '../../usage/kept.ts'
import type { KeptEntry, KeptWhen, Origin } from '../../usage/ledger/entry.ts'
import { followDocument } from './followDocument.ts'
import { textIn } from './inserted.ts'

/** Measures how much of inserted text is in the document some time later. */
export interface KeptTracker extends Disposable {
  track(document: TextDocument, range: Range, origin: Omit<Origin, 'at' | 'language'>): void
}

/** The delays of the measurements, in ms; the third one is at the next save. */
const DELAYS: readonly [KeptWhen, number][] = [
  ['halfMinute', 30_000],
  ['twoMinutes', 120_000],
]

/** Insertions that are tracked at once; the oldest is dropped. */
const MAX_TRACKED = 50

/** A longer text is not tracked, in characters */
const MAX_LENGTH = 20_000

/** @param delays for tests, which cannot wait */
export function createKeptTracker(
  onMeasured: (entry: KeptEntry) => void,
  delays: readonly (readonly [KeptWhen, number])[] = DELAYS,
): KeptTracker {
  const tracked = new Set<Disposable>()

  function track(
    document: TextDocument,
    given: Range,
    origin: Omit<Origin, 'at' | 'language'>,
  ): void {
    const text = textIn(document, given)
    const inserted = visibleLength(text)
    if (inserted === 0 || text.length > MAX_LENGTH) return
    const { languageId: language } = document
    let range = given
    const due = new Set<KeptWhen>(['save', ...delays.map(([when]) => when)])

    const followed = followDocument(document, {
      ranges: () => [range],
      onChange({ contentChanges }) {
        range = absorbAll(range, contentChanges)
      },
      onRenamed: () => undefined,
      // The measurements that are not due yet would say nothing about the user.
      onClosed: () => end(),
    })

    function measure(when: KeptWhen): void {
      const kept = keptCharacters(text, textIn(followed.current, range))
      onMeasured({ kind: 'kept', at: Date.now(), ...origin, language, when, inserted, kept })
      due.delete(when)
      if (due.size === 0) end()
    }

    const timers = delays.map(([when, delay]) => setTimeout(() => measure(when), delay))
    const saved = workspace.onDidSaveTextDocument((each) => {
      if (each === followed.current && due.has('save')) measure('save')
    })
    const all = Disposable.from(saved, followed, {
      dispose: () => timers.forEach((timer) => clearTimeout(timer)),
    })
    function end(): void {
      tracked.delete(all)
      all.dispose()
    }
    tracked.add(all)
    const [oldest] = tracked
    if (tracked.size > MAX_TRACKED && oldest !== undefined) {
      tracked.delete(oldest)
      oldest.dispose()
    }
  }

  return {
    track,
    dispose() {
      for (const each of tracked) each.dispose()
      tracked.clear()
    },
  }
}
