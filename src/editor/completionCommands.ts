import { activeEditor } from './document/activeEditor.ts'
import type { CompleteOptions } from './completeOptions.ts'
import { lastOf } from './insertion/changeable.ts'
import {
  alternativeOf,
  insertedOf,
  extended,
  withTries,
  type Inserted,
} from './insertion/inserted.ts'
import type { LastInsertion } from './insertion/lastInsertion.ts'
import { replaceTexts } from './insertion/replaceTexts.ts'
import { createSuggest } from './suggest/suggest.ts'
import { pickToken, type TokenPick } from './pickToken.ts'
import { recordRun } from './run/recordRun.ts'
import type { Run } from './run/runs.ts'
import type { UsageRecords } from './run/usage.ts'
import type { End } from '../usage/progress.ts'
import { runSettings } from './runSettings.ts'
import { completeAt, type Outcome, type Target } from './run/completeAt.ts'
import type { SessionAtOptions } from './run/sessionAt.ts'
import { readOnly } from './document/writable.ts'

export interface CompletionCommandsOptions extends Pick<
  SessionAtOptions,
  'connect' | 'capabilities' | 'ratios' | 'notice' | 'syntaxes' | 'files'
> {
  last: LastInsertion
  usage: UsageRecords
  /** Whether runs ask for log probabilities, to show them */
  showsConfidence: () => boolean
}

/** The commands that write completions. Each starts its own run. */
export interface CompletionCommands {
  /** Completes at the cursors of the active editor. */
  complete(run: Run, how?: CompleteOptions): Promise<void>
  /** Replaces the last insertion by a new completion, as soon as its text arrives. */
  regenerate(run: Run): Promise<void>
  /** Continues at the end of the last insertion. */
  continue(run: Run): Promise<void>
  /** Replaces the last insertion by its next alternative, or with −1 by the previous one. */
  swap(run: Run, step: 1 | -1): Promise<void>
  /** Replaces the last insertion from a token on by another token, and continues from there. */
  pick(run: Run, pick: TokenPick): Promise<void>
  /** Suggests a completion at the primary cursor: as ghost text, without changing the document. */
  suggest(run: Run): Promise<void>
}

interface StartOptions extends CompleteOptions {
  /** Set when the last insertion is changed: added to the seed of the settings */
  seedStep?: number
}

export function createCompletionCommands(options: CompletionCommandsOptions): CompletionCommands {
  const { last, usage } = options
  const { accounting } = usage

  async function start(
    target: Target,
    { signal, report }: Run,
    { allow, oneLine, seedStep }: StartOptions,
  ): Promise<Outcome> {
    const settings = runSettings(target.editor.document, options.showsConfidence())
    const seed = settings.seed === null ? null : settings.seed + (seedStep ?? 0)
    // From here on the run follows the text, and keeps the result.
    if (seedStep !== undefined) last.release()
    const own = {
      settings: { ...settings, seed },
      report,
      signal,
      accounting,
      oneLine,
      allowed: allow,
    }
    return recordRun(await completeAt(target, { ...options, ...own }), settings, usage)
  }

  /** Keeps the inserted text, and reports how the run ended. */
  function finish({ progress, isOpen }: Outcome, inserted: Inserted | null, { report }: Run): void {
    if (inserted !== null) last.keep(inserted, isOpen)
    const isDone = progress.kind === 'done' && inserted !== null
    report(isDone ? { ...progress, alternative: alternativeOf(inserted) } : progress)
  }

  /** Keeps a text that was swapped, and reports which of the alternatives it is. */
  function show(inserted: Inserted | null, isOpen: boolean, report: Run['report']): void {
    last.keep(inserted, isOpen)
    const alternative = inserted === null ? undefined : alternativeOf(inserted)
    if (alternative !== undefined) report({ kind: 'swapped', alternative })
  }

  const suggest = createSuggest(options)

  return {
    suggest,

    async complete(
      run,
      { allow, overBudget = false, readOnly: isReadOnly = false, oneLine = false } = {},
    ) {
      if (isReadOnly) throw readOnly()
      if (overBudget) await accounting.allowToday()
      // Only this document is allowed, not one that was opened since.
      const editor = await activeEditor(allow)
      const target = { editor, selections: editor.selections, joins: false }
      const outcome = await start(target, run, { allow, oneLine })
      const places = outcome.places.map((place) => {
        if (place?.hasText !== true) return null
        return withTries(outcome.document, { tries: [], ...place })
      })
      finish(outcome, insertedOf(outcome.document, places, oneLine), run)
    },

    async regenerate(run) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const target = { editor, selections: places.map(({ range }) => range), joins }
      const tries = Math.max(...places.map((place) => place.tries.length))
      // The same seed would produce the same text.
      const outcome = await start(target, run, { oneLine, seedStep: tries })
      const now = places.map((before, index) => {
        const place = outcome.places[index] ?? null
        if (place?.hasText !== true) return place && { ...before, range: place.range }
        return withTries(outcome.document, { ...place, tries: before.tries })
      })
      const isNew = now.some((place, index) => {
        return place !== null && place.tries.length > (places[index]?.tries.length ?? 0)
      })
      finish(isNew ? outcome : same(outcome), insertedOf(outcome.document, now, oneLine), run)
    },

    async continue(run) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const ends = places.map(({ range }) => ({ start: range.end, end: range.end }))
      const outcome = await start({ editor, selections: ends, joins }, run, {
        oneLine,
        seedStep: 0,
      })
      const now = places.map((before, index) => {
        const place = outcome.places[index] ?? null
        return place && extended(outcome.document, before, place)
      })
      finish(outcome, insertedOf(outcome.document, now, oneLine), run)
    },

    async swap({ report }, step) {
      const { editor, places, oneLine, joins } = lastOf(last)
      const next = places.map(({ tries, shown, range }) => {
        const at = (shown + step + tries.length) % tries.length
        return { tries, shown: at, range }
      })
      const ranges = places.map(({ range }) => range)
      const texts = next.map(({ tries, shown }) =>
        tries.length > 1 ? (tries[shown]?.text ?? null) : null,
      )
      last.release()
      const replaced = await replaceTexts(editor.document, ranges, texts, joins)
      const now = next.map((place, index) => {
        const range = replaced.ranges[index] ?? null
        return range && { ...place, range }
      })
      show(insertedOf(replaced.document, now, oneLine), replaced.isOpen, report)
    },

    async pick(run, pick) {
      const current = lastOf(last)
      const { outcome, inserted, isOpen } = await pickToken(current, pick, (target) => {
        last.release()
        return start(target, run, { oneLine: current.oneLine, seedStep: 0 })
      })
      if (outcome === null) show(inserted, isOpen, run.report)
      else finish(outcome, inserted, run)
    },
  }
}

/** A model may produce the same text again, which would not be visible in the document. */
function same(outcome: Outcome): Outcome {
  const { progress } = outcome
  const isWhole = progress.kind === 'done' && progress.end.reason === 'stop'
  return isWhole ? { ...outcome, progress: { ...progress, end: SAME } } : outcome
}

const SAME: End = { by: 'filter', reason: 'same' }
