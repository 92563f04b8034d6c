import { identifiersOf, similarity } from './identifiers.ts'
import type { Snippet } from './projectContext.ts'
import type { Window } from './windows.ts'

/** A file that parts may be sent of */
export interface Candidate {
  readonly path: string
  readonly windows: readonly Window[]
  /** Parts that define what is used near the cursor: they come before all others. */
  readonly definitions?: readonly Window[]
}

export interface SelectOptions {
  /** The text near the cursor, on both sides */
  readonly near: string
  /** The text that is sent of the document: what it has already is not sent again */
  readonly sent: string
  /** Maximum length of all snippets, in UTF-16 units */
  readonly characters: number
  /** What was sent the last time */
  readonly previous: readonly Snippet[]
}

/** Below this similarity, a part has nothing to do with the text near the cursor. */
const LEAST = 0.06

/** A selection that is this much worse than the best one stays, so that a prefix cache keeps its worth. */
const STAY = 0.7

interface Scored extends Snippet {
  readonly score: number
}

/**
 * Chooses parts of other files by their similarity with the text near the cursor: at most two of each file, and
 * definitions first. As long as the previous selection is nearly as good, it stays as it is: then consecutive
 * prompts begin with the same text.
 *
 * @returns the most similar part last; nothing where nothing is similar
 */
export function selectSnippets(
  candidates: readonly Candidate[],
  options: SelectOptions,
): readonly Snippet[] {
  const near = identifiersOf(options.near)
  const found = best(candidates, near, options)
  const kept = stillThere(candidates, near, options)
  if (kept !== null && worth(kept) >= STAY * worth(found)) return options.previous
  return found
    .toSorted((one, other) => one.score - other.score)
    .map(({ path, text }) => ({ path, text }))
}

function worth(scored: readonly Scored[]): number {
  return scored.reduce((sum, { score }) => sum + score, 0)
}

const MOST_OF_FILE = 2

function best(
  candidates: readonly Candidate[],
  near: ReadonlySet<string>,
  { sent, characters }: SelectOptions,
): Scored[] {
  const scored = candidates
    .flatMap((candidate) => scoredParts(candidate, near))
    .toSorted((one, other) => other.score - one.score)
  const chosen: (Scored & Pick<Window, 'firstLine'>)[] = []
  let left = characters
  for (const part of scored) {
    const ofFile = chosen.filter(({ path }) => path === part.path)
    const length = part.path.length + part.text.length + 2
    const overlaps = chosen.some((other) => isSame(other, part))
    if (length > left || ofFile.length === MOST_OF_FILE || overlaps || hasMost(sent, part.text)) {
      continue
    }
    chosen.push(part)
    left -= length
  }
  return chosen
}

function scoredParts(
  { path, windows, definitions = [] }: Candidate,
  near: ReadonlySet<string>,
): (Scored & Pick<Window, 'firstLine'>)[] {
  const parts = windows
    .map(({ firstLine, text, identifiers }) => ({
      path,
      text,
      firstLine,
      score: similarity(identifiers, near),
    }))
    .filter(({ score }) => score >= LEAST)
  const defining = definitions.map(({ firstLine, text, identifiers }) => ({
    path,
    text,
    firstLine,
    score: 1 + similarity(identifiers, near),
  }))
  return [...defining, ...parts]
}

/** The same text, or lines of the same place */
function isSame(
  one: Snippet & Pick<Window, 'firstLine'>,
  other: Snippet & Pick<Window, 'firstLine'>,
): boolean {
  if (one.text === other.text) return true
  if (one.path !== other.path) return false
  const end = (part: typeof one): number => part.firstLine + part.text.split('\n').length
  return one.firstLine < end(other) && other.firstLine < end(one)
}

/** Whether a text has most of the lines of another: a copy of it helps nobody. */
function hasMost(text: string, part: string): boolean {
  const lines = part.split('\n').filter((line) => line.trim().length > 3)
  const found = lines.filter((line) => text.includes(line.trim()))
  return found.length > 0.7 * lines.length
}

/** The scores of the previous selection now; `null` when it cannot stay, since a file of it has changed */
function stillThere(
  candidates: readonly Candidate[],
  near: ReadonlySet<string>,
  { previous, sent, characters }: SelectOptions,
): Scored[] | null {
  if (previous.length === 0) return null
  let length = 0
  const scored: Scored[] = []
  for (const { path, text } of previous) {
    length += path.length + text.length + 2
    const parts = candidates.find((each) => each.path === path)
    const window = [...(parts?.definitions ?? []), ...(parts?.windows ?? [])].find(
      (each) => each.text === text,
    )
    if (window === undefined || hasMost(sent, text)) return null
    const isDefinition = parts?.definitions?.includes(window) ?? false
    scored.push({
      path,
      text,
      score: (isDefinition ? 1 : 0) + similarity(window.identifiers, near),
    })
  }
  return length <= characters ? scored : null
}
