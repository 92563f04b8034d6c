import type { Range as TextRange } from '../infill/ranges/position.ts'
import { CompletionError } from '../completions/errors.ts'
import { alternativesOf } from '../infill/confidence/alternatives.ts'
import { textOf, type Segment } from '../infill/filters/segment.ts'
import type { Changeable } from './insertion/changeable.ts'
import {
  extended,
  insertedOf,
  tokensOf,
  tryOf,
  withTry,
  type Inserted,
  type InsertedPlace,
} from './insertion/inserted.ts'
import { Insertion } from './insertion/insertion.ts'
import { replaceTexts } from './insertion/replaceTexts.ts'
import type { Outcome, Target } from './run/completeAt.ts'

/** An alternative of a token of the last insertion */
export interface TokenPick {
  /** The index of the place: there are several with several cursors */
  place: number
  /** The index of the token's segment */
  segment: number
  /** The token that was there when the alternative was offered */
  token: string
  /** The name of the alternative */
  alternative: string
}

export interface Picked {
  /** How the run that continues has ended; `null`: there is nothing to continue */
  outcome: Outcome | null
  inserted: Inserted | null
  isOpen: boolean
}

/**
 * Replaces the insertion from a token on by another token, and continues from there, in the same undo
 * step.
 *
 * ```
 *   total = [sum(items)]     `sum` → `len`     total = [len|]     and what the model writes after it
 * ```
 *
 * @param start begins a run
 * @throws CompletionError `not_editable` when the token is not there any more
 */
export async function pickToken(
  { editor, places, oneLine, joins }: Changeable,
  pick: TokenPick,
  start: (target: Target) => Promise<Outcome>,
): Promise<Picked> {
  const { place, from, text, segments } = find(places, pick)
  const ranges = places.map(({ range }) =>
    range === place.range ? { start: from, end: range.end } : range,
  )
  const texts = places.map((each) => (each === place ? text : null))
  const replaced = await replaceTexts(editor.document, ranges, texts, joins)
  const now = places.map((each, index): InsertedPlace | null => {
    const range = replaced.ranges[index] ?? null
    if (range === null || each !== place) return range && { ...each, range }
    const all = { start: each.range.start, end: range.end }
    return withTry({ ...each, range: all }, tryOf(textOf(segments), segments))
  })
  const chosen = now[pick.place] ?? null
  const inserted = (all: typeof now): Inserted | null => insertedOf(replaced.document, all, oneLine)
  if (chosen === null || (oneLine && text.includes('\n'))) {
    return { outcome: null, inserted: inserted(now), isOpen: replaced.isOpen }
  }
  // The other places follow what is written here. Nothing is written into them.
  const others = new Insertion(
    replaced.document,
    now.map((each) => each?.range ?? EMPTY),
  )
  try {
    const { end } = chosen.range
    const target = { editor, selections: [{ start: end, end }], joins: replaced.isOpen }
    const outcome = await start(target)
    const [continued] = outcome.places
    const after = now.map((each, index) => {
      if (each === null) return null
      if (each === chosen) return continued ? extended(outcome.document, each, continued) : null
      const range = others.ranges[index]
      return range === undefined || others.stopped[index]?.aborted === true
        ? null
        : { ...each, range }
    })
    return {
      outcome,
      inserted: insertedOf(outcome.document, after, oneLine),
      isOpen: outcome.isOpen,
    }
  } finally {
    others.dispose()
  }
}

const EMPTY: TextRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

function find(
  places: readonly InsertedPlace[],
  pick: TokenPick,
): { place: InsertedPlace; from: TextRange['start']; text: string; segments: readonly Segment[] } {
  const place = places[pick.place]
  const all = place?.tries[place.shown]?.segments ?? []
  const segment = all[pick.segment]
  const at = place && tokensOf(place).find((each) => each.segment === pick.segment)
  const alternative =
    segment && alternativesOf(segment).find(({ token }) => token === pick.alternative)
  const text = alternative?.text ?? null
  if (place === undefined || at?.token.text !== pick.token || !alternative || text === null) {
    throw new CompletionError('not_editable', { id: 'tokenGone' })
  }
  const token = { ...at.token, text: alternative.token, logprob: alternative.logprob }
  return {
    place,
    from: at.range.start,
    text,
    segments: [...all.slice(0, pick.segment), { text, token }],
  }
}
