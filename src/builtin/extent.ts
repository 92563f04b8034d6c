import { newline } from './keys.ts'
import { indentationAt, isAtLineStart, width } from './lines.ts'
import type { Match } from './matches.ts'
import { bracketStep, type Head } from './tail.ts'

/** How far a continuation goes. */
export interface Extent {
  /** Offset in the source where the continuation ends. */
  readonly end: number
  /** Keys of the suffix that are there too; 0 if the suffix was not found. */
  readonly met: number
}

export interface Bounds {
  readonly head: Head
  /** Brackets that the continuation may close without having opened them. */
  readonly mayClose: number
  /** Keys to look at, at most. */
  readonly most: number
}

/**
 * Finds the end of the continuation that starts at `start`, after the key of `match`: where the
 * suffix begins, if it does, else where the statement or block is over.
 */
export function extentOf({ source, key }: Match, start: number, bounds: Bounds): Extent {
  const { text, keys } = source
  const { hashes, starts } = keys
  const { head, mayClose } = bounds
  const last = Math.min(hashes.length, key + 1 + bounds.most)
  const hasSuffix = head.hashes.length > 0

  let best: Extent | undefined
  let naturalEnd: number | undefined
  let open = 0
  let base = width(indentationAt(text, start))
  // At the start of a line the lines of the same block belong to the continuation, in the middle of
  // one only the statement. Before a suffix that is not found here, less is safer.
  let oneStatement = hasSuffix || !isAtLineStart(text, start)

  for (let at = key + 1; at < last; at++) {
    const offset = starts[at] ?? text.length
    if (hashes[at] === newline) {
      const next = starts[at + 1] ?? text.length
      if (offset < start || open > 0) continue
      const indentation = width(indentationAt(text, next))
      if (indentation > base || text[next] === '{') continue
      if (bracketStep(text, next) < 0 && open > -mayClose) {
        base = indentation
        oneStatement = true
        continue
      }
      const isBlankLine = text.indexOf('\n', offset + 1) < next && next < text.length
      if (oneStatement || isBlankLine || indentation < base) naturalEnd ??= offset
      if (indentation < base && !head.onNextLine) break
      continue
    }
    if (offset >= start && open <= 0) {
      const met = meeting(hashes, at, head)
      if (met > (best?.met ?? 0)) best = { end: endBefore(text, offset, start, head), met }
      if (met > 0 && met === head.hashes.length) break
    }
    open += offset >= start ? bracketStep(text, offset) : 0
    if (open < -mayClose) {
      naturalEnd ??= offset
      break
    }
  }
  const reached = last < hashes.length ? (starts[last] ?? text.length) : text.length
  return best ?? { end: naturalEnd ?? reached, met: 0 }
}

/** How many keys of the suffix are found from `at` on; 0 if they are too few to be a meeting. */
function meeting(hashes: Uint32Array, at: number, head: Head): number {
  if (head.hashes.length === 0 || hashes[at] !== head.hashes[0]) return 0
  if (head.onNextLine && hashes[at - 1] !== newline) return 0
  let met = 0
  for (let key = at; key < hashes.length && met < head.hashes.length; key++) {
    if (hashes[key] === newline) continue
    if (hashes[key] !== head.hashes[met]) break
    met++
  }
  // The suffix may go on in the line of the caret with any token; to recognise a later line, its
  // beginning must be alike.
  return met >= (head.onNextLine ? Math.min(3, head.firstLine) : 1) ? met : 0
}

/** White space between continuation and suffix is there once: from the suffix, if it has it. */
function endBefore(text: string, offset: number, start: number, head: Head): number {
  if (!head.startsBlank) return offset
  return Math.max(start, text.slice(0, offset).trimEnd().length)
}
