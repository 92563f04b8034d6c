import { window, type TextEditor } from 'vscode'
import { CompletionError } from '../completions/errors.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { activeEditor } from './document/activeEditor.ts'
import type { CompleteOptions } from './completeOptions.ts'
import { Insertion } from './insertion/insertion.ts'
import {
  alternativeOf,
  insertedOf,
  longer,
  withTries,
  type Inserted,
  type InsertedPlace,
} from './insertion/inserted.ts'
import type { LastInsertion } from './insertion/lastInsertion.ts'
import { scopeOf } from './document/notebook.ts'
import type { Run } from './run/runs.ts'
import { completeAt, type Outcome, type SessionOptions, type Where } from './run/session.ts'
import { readOnly } from './document/writable.ts'

export interface CompletingOptions extends Pick<
  SessionOptions,
  'connect' | 'capabilities' | 'ratios' | 'notice'
> {
  last: LastInsertion
}

/** What writes a completion, or another one in place of the last: each is for a run of its own. */
export interface Completing {
  /** Completes at the carets of the active editor. */
  complete(run: Run, how?: CompleteOptions): Promise<void>
  /** Asks again, and puts the new answer in place of the last insertion as soon as it comes. */
  regenerate(run: Run): Promise<void>
  /** Goes on where the last insertion ended. */
  continue(run: Run): Promise<void>
  /** Puts the next alternative in place of the last insertion, or with −1 the previous one. */
  swap(run: Run, step: 1 | -1): Promise<void>
}

interface GenerateOptions extends CompleteOptions {
  /** Set where the last insertion is changed: how far the seed is from that of the settings */
  seedStep?: number
}

export function createCompleting(options: CompletingOptions): Completing {
  const { last } = options

  async function ask(
    where: Where,
    { signal, tell }: Run,
    { allow, oneLine, seedStep }: GenerateOptions,
  ): Promise<Outcome> {
    const settings = readSettings(scopeOf(where.editor.document))
    const seed = settings.seed === null ? null : settings.seed + (seedStep ?? 0)
    // From here on it is the run that follows the text, and keeps what comes of it.
    if (seedStep !== undefined) last.take()
    const asked = { ...options, settings: { ...settings, seed }, report: tell, signal, oneLine }
    return completeAt(where, { ...asked, allowed: allow })
  }

  /** Keeps what a run has left, and says how the run ended. */
  function end({ progress, isOpen }: Outcome, inserted: Inserted | null, { tell }: Run): void {
    if (inserted !== null) last.keep(inserted, isOpen)
    const isDone = progress.kind === 'done' && inserted !== null
    tell(isDone ? { ...progress, alternative: alternativeOf(inserted) } : progress)
  }

  return {
    async complete(run, { allow, readOnly: isReadOnly = false, oneLine = false } = {}) {
      if (isReadOnly) throw readOnly()
      // What was allowed is one document, and not the one that was opened since.
      const editor = activeEditor(allow)
      const where = { editor, selections: editor.selections, joins: false }
      const outcome = await ask(where, run, { allow, oneLine })
      const places = outcome.places.map((place) => {
        if (place?.hasText !== true) return null
        return withTries(outcome.document, { tries: [], ...place })
      })
      end(outcome, insertedOf(outcome.document, places, oneLine), run)
    },

    async regenerate(run) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const where = { editor, selections: places.map(({ range }) => range), joins }
      const tries = Math.max(...places.map((place) => place.tries.length))
      // The same seed would bring the same text again.
      const outcome = await ask(where, run, { oneLine, seedStep: tries })
      const now = places.map((before, index) => {
        const place = outcome.places[index] ?? null
        if (place?.hasText !== true) return place && { ...before, range: place.range }
        return withTries(outcome.document, { ...place, tries: before.tries })
      })
      const isNew = now.some((place, index) => {
        return place !== null && place.tries.length > (places[index]?.tries.length ?? 0)
      })
      end(isNew ? outcome : same(outcome), insertedOf(outcome.document, now, oneLine), run)
    },

    async continue(run) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const ends = places.map(({ range }) => ({ start: range.end, end: range.end }))
      const outcome = await ask({ editor, selections: ends, joins }, run, {
        oneLine,
        seedStep: 0,
      })
      const now = places.map((before, index) => {
        const place = outcome.places[index] ?? null
        return place && longer(outcome.document, before, place.range)
      })
      end(outcome, insertedOf(outcome.document, now, oneLine), run)
    },

    async swap({ tell }, step) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const next = places.map(({ tries, shown, range }) => {
        const at = (shown + step + tries.length) % tries.length
        return { tries, shown: at, range }
      })
      const ranges = places.map(({ range }) => range)
      last.take()
      const insertion = new Insertion(editor.document, ranges, { joins })
      try {
        for (const [index, { tries, shown }] of next.entries()) {
          if (tries.length > 1) insertion.write(index, tries[shown] ?? '')
        }
        await insertion.settled()
      } finally {
        insertion.dispose()
      }
      if (insertion.over.reason === 'refused') throw readOnly()
      const now = next.map((place, index) => {
        const target = insertion.targets[index]
        const isOurs = insertion.stopped[index]?.aborted === false && target !== undefined
        return isOurs ? { ...place, range: { start: target.start, end: target.end } } : null
      })
      const inserted = insertedOf(insertion.document, now, oneLine)
      last.keep(inserted, insertion.isOpen)
      const alternative = inserted === null ? undefined : alternativeOf(inserted)
      if (alternative !== undefined) tell({ kind: 'swapped', alternative })
    },
  }
}

/** A model that is sure of itself says the same again, which nobody could see in the document. */
function same(outcome: Outcome): Outcome {
  const { progress } = outcome
  const isWhole = progress.kind === 'done' && progress.end === 'stop'
  return isWhole ? { ...outcome, progress: { ...progress, end: 'same' } } : outcome
}

interface Standing {
  editor: TextEditor
  places: readonly InsertedPlace[]
  oneLine: boolean
  joins: boolean
}

/** @throws CompletionError `not_editable` when there is no insertion in the document in front */
function lastOf(last: LastInsertion): Standing {
  const { current, isFresh: joins } = last
  const editor = window.activeTextEditor
  if (current === null || editor === undefined) {
    throw new CompletionError('not_editable', 'There is no completion here that was just inserted.')
  }
  return { editor, places: current.places, oneLine: current.oneLine, joins }
}
