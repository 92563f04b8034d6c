import type { TextDocument, TextEdit } from 'vscode'
import { identifiersOf } from '../../infill/project/identifiers.ts'
import { isWithin, shrunk } from '../../infill/ranges/ownChanges.ts'
import { compare, type Change, type Range } from '../../infill/ranges/position.ts'
import { insertionOf, trackedRangeOf } from '../../infill/ranges/trackedRange.ts'
import type { Settings } from '../../settings/settings.ts'
import { apply, editorOf, isShown } from './edits.ts'
import { FollowedRanges } from './followedRanges.ts'
import { textIn } from './inserted.ts'
import { formatting, imports, type ProvidedEdits } from './providedEdits.ts'

interface Place {
  range: Range
  /** Whether the text in the range was inserted */
  hasText: boolean
}

export interface Tidied {
  /** Of the places; `null` where others edited the text meanwhile */
  ranges: readonly (Range | null)[]
  /** Whether the document changed */
  hasChanged: boolean
  /** Whether nothing else was edited or saved meanwhile */
  isOpen: boolean
}

const STEPS: Readonly<Record<Settings['afterInsert'], readonly ProvidedEdits[]>> = {
  none: [],
  organizeImports: [imports],
  format: [imports, formatting],
}

interface TidyOptions {
  kind: Settings['afterInsert']
  signal: AbortSignal
}

/** How long a formatter may take, in ms. Language servers that start take longer. */
const LIMIT = 2000

/**
 * Adds the imports of text that was inserted, and formats it, in the same undo step. Other text stays as it
 * is: an edit that would change it is left out. So is everything when the user types meanwhile.
 *
 * @param places whose undo step is open. Those without text, and `null`, are only followed.
 */
export async function tidy(
  document: TextDocument,
  places: readonly (Place | null)[],
  { kind, signal }: TidyOptions,
): Promise<Tidied> {
  const ranges = places.map((place) => place && place.range)
  const followed = new FollowedRanges(document, ranges)
  const inserted = (): Range[] =>
    followed.ranges.flatMap((range, at) =>
      range !== null && places[at]?.hasText === true ? [range] : [],
    )
  let hasChanged = false
  try {
    for (const step of STEPS[kind]) {
      const result = await tidied(document, followed, inserted(), step, signal)
      if (result === null) break
      hasChanged ||= result
    }
    return { ranges: followed.ranges, hasChanged, isOpen: followed.isOpen }
  } finally {
    followed.dispose()
  }
}

/** Whether it changed the document; `null`: others edited it meanwhile, or the run was stopped. */
async function tidied(
  document: TextDocument,
  followed: FollowedRanges,
  ranges: readonly Range[],
  provided: ProvidedEdits,
  signal: AbortSignal,
): Promise<boolean | null> {
  const editor = editorOf(document)
  if (editor === null || ranges.length === 0) return null
  const { insertSpaces, tabSize } = editor.options
  const options = { insertSpaces: insertSpaces === true, tabSize: Number(tabSize) }
  const edits = await inTime(provided(document, ranges, options), signal)
  if (edits === null || !followed.isOpen || !isShown(editor)) return null
  const changes = allowed(document, ranges, edits)
  if (changes.length === 0) return false
  // As an insertion: its text is not selected, and the cursor moves with it.
  const replacements = changes.flatMap(({ range, text }) =>
    insertionOf(trackedRangeOf(range), text),
  )
  return (await followed.change(changes, () => apply(editor, replacements, false))) || null
}

/** The changes within the inserted text, and imports of what it uses */
function allowed(
  document: TextDocument,
  ranges: readonly Range[],
  edits: readonly TextEdit[],
): Change[] {
  const used = new Set(ranges.flatMap((range) => [...identifiersOf(textIn(document, range))]))
  const found: Change[] = []
  for (const { range, newText } of edits) {
    const text = newText.replaceAll('\r\n', '\n')
    const change = shrunk({ range, text }, textIn(document, range))
    const isEmpty = compare(change.range.start, change.range.end) === 0
    if (isEmpty && change.text === '') continue
    const isOwn = ranges.some((own) => isWithin(change, own))
    const isImport = isEmpty && [...identifiersOf(change.text)].some((name) => used.has(name))
    const overlaps = found.some((other) => isOverlap(other, change))
    if ((isOwn || isImport) && !overlaps) found.push(change)
  }
  return found
}

/** Two actions may propose the same, and VS Code refuses edits that overlap. */
function isOverlap(one: Change, other: Change): boolean {
  const isSame = compare(one.range.start, other.range.start) === 0
  const isApart =
    compare(one.range.end, other.range.start) <= 0 || compare(other.range.end, one.range.start) <= 0
  return isSame || !isApart
}

/** `null`: too late, or the run was stopped. */
async function inTime<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  if (limit.aborted) return null
  const over = Promise.withResolvers<null>()
  const end = (): void => over.resolve(null)
  limit.addEventListener('abort', end)
  try {
    return await Promise.race([promise, over.promise])
  } finally {
    limit.removeEventListener('abort', end)
    // It may fail later, when nobody waits any more.
    promise.catch(() => undefined)
  }
}
