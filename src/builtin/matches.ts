import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Source } from './corpus.ts'
import { tailLength, type Tail } from './tail.ts'
import { tokenEnd } from './tokens.ts'

/** A place in a source that is like the end of the prompt. */
export interface Match {
  readonly source: Source
  /** The key before the place: the last one that was compared. */
  readonly key: number
  /** Keys that are alike, 1…33; an unfinished word counts when it is the whole word there. */
  readonly length: number
}

/** Less evidence, such as some brackets and a line end, is found everywhere and says nothing. */
const leastEvidence = 5
/** Matches returned. */
const most = 64
/** The thread is given back after this many ms. */
const slice = 8

/**
 * The places that are most like the end of the prompt, the longest tails first; of equal ones the
 * first source first, and in it the last place.
 *
 * One pass over the numbers of all tokens is quick enough (10 million of them in some 10 ms) to do
 * without an index, which would have to follow every edit.
 */
export async function findMatches(
  sources: Iterable<Source>,
  tail: Tail,
  signal: AbortSignal,
): Promise<Match[]> {
  const found = longestMatches()
  let pauseAt = performance.now() + slice
  for (const source of sources) {
    collect(source, tail, found)
    if (performance.now() >= pauseAt) {
      await nextTurn(undefined, { signal })
      pauseAt = performance.now() + slice
    }
  }
  return found.all()
}

interface Found {
  add(match: Match): void
  /** A match must be as long as this to be among the longest. */
  least(): number
  all(): Match[]
}

function longestMatches(): Found {
  const byLength: Match[][] = Array.from({ length: tailLength + 2 }, () => [])
  let least = 1
  return {
    add(match) {
      byLength[match.length]?.push(match)
      let longer = 0
      for (let length = byLength.length - 1; length >= least; length--) {
        longer += byLength[length]?.length ?? 0
        if (longer >= most) least = length + 1
      }
    },
    least: () => least,
    all: () => byLength.toReversed().flat().slice(0, most),
  }
}

function collect(source: Source, tail: Tail, found: Found): void {
  const { hashes } = source.keys
  const { fragment, evidence } = tail
  const pattern = tail.hashes
  // A word and one key more are the least evidence; an unfinished word needs just one key.
  const leastKeys = fragment === '' ? 2 : 1
  let key = hashes.length - 1
  for (;;) {
    // The whole word at the caret counts as one key more.
    const keys = Math.max(leastKeys, found.least() - (fragment === '' ? 0 : 1))
    if (keys > pattern.length) return
    key = previousPlace(hashes, key, pattern, keys)
    if (key === -1) return
    if (!isFollowedBy(source, key, fragment)) continue
    let length = 0
    let strength = 2 * Math.min(fragment.length, 2)
    while (
      length < pattern.length &&
      hashes[key - length] === pattern[pattern.length - 1 - length]
    ) {
      length++
      strength += evidence[pattern.length - length] ?? 0
    }
    if (fragment !== '' && lengthAfter(source, key) === fragment.length) length++
    if (strength >= leastEvidence && length >= found.least()) found.add({ source, key, length })
  }
}

/**
 * The last place before the key `from` where the last key of the pattern is, and the one before
 * it, and the first of the last `keys` keys; -1 if there is none.
 */
function previousPlace(
  hashes: Uint32Array,
  from: number,
  pattern: Uint32Array,
  keys: number,
): number {
  const distance = keys - 1
  const near = Math.min(distance, 1)
  const last = pattern[pattern.length - 1]
  const beforeLast = pattern[pattern.length - 1 - near]
  const first = pattern[pattern.length - keys]
  for (let key = from - 1; key >= distance; key--) {
    if (hashes[key] !== last || hashes[key - near] !== beforeLast) continue
    if (hashes[key - distance] === first) return key
  }
  return -1
}

function isFollowedBy({ text, keys }: Source, key: number, fragment: string): boolean {
  if (fragment === '') return true
  const next = keys.starts[key + 1] ?? 0
  // Far quicker than startsWith, and enough nearly always.
  if (text.charCodeAt(next) !== fragment.charCodeAt(0)) return false
  return text.startsWith(fragment, next)
}

/** The length of the token after a key. */
function lengthAfter({ text, keys }: Source, key: number): number {
  const next = keys.starts[key + 1] ?? 0
  return tokenEnd(text, next) - next
}
