import { keptCharacters, visibleLength } from '../usage/kept.ts'

/** How a completion compares with what the author wrote. White space at the end does not count. */
export interface Scores {
  /** Whether both are the same */
  readonly exact: boolean
  /** 0…1: 1 less the Levenshtein distance divided by the longer length */
  readonly similarity: number
  /** Whether the first line is the same. White space around it does not count. */
  readonly firstLine: boolean
  /** 0…1: of the characters that the completion has, those that the author wrote as well; 0 when it is empty */
  readonly kept: number
}

export function scoresOf(text: string, expected: string): Scores {
  const [actual, wanted] = [text.trimEnd(), expected.trimEnd()]
  const visible = visibleLength(actual)
  return {
    exact: actual === wanted,
    similarity: similarityOf(actual, wanted),
    firstLine: firstLineOf(actual) === firstLineOf(wanted) && firstLineOf(wanted) !== '',
    kept: visible === 0 ? 0 : keptCharacters(actual, wanted) / visible,
  }
}

function firstLineOf(text: string): string {
  return text.trimStart().split('\n', 1)[0]?.trim() ?? ''
}

/** Longer texts are compared in their beginnings, since the time grows with the square of the length. */
const MOST = 4000

function similarityOf(one: string, other: string): number {
  const [a, b] = [one.slice(0, MOST), other.slice(0, MOST)]
  const longer = Math.max(a.length, b.length)
  return longer === 0 ? 1 : 1 - distanceOf(a, b) / longer
}

/** Levenshtein distance in UTF-16 units, with one row of the table */
function distanceOf(a: string, b: string): number {
  const row = Uint16Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    let diagonal = row[0] ?? 0
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j] ?? 0
      const changed = diagonal + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1)
      row[j] = Math.min(changed, above + 1, (row[j - 1] ?? 0) + 1)
      diagonal = above
    }
  }
  return row[b.length] ?? 0
}
