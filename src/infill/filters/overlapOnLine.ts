import { isDistinctive } from './distinctive.ts'
import type { Filter } from './filter.ts'
import { isClosingBracket, openQuote, scanner } from './scanner.ts'
import { segmentBuffer, type Segment } from './segment.ts'

/** A place where the text may have to end. Offsets are UTF-16 units from the start of the text. */
interface Place {
  start: number
  /** Where the text ends if it ends here: before the white space that the suffix has as well */
  end: number
}

/** A place from which on the text is the same as the suffix so far */
interface Candidate extends Place {
  length: number
  /** Whether it is the beginning of what is sure to be the suffix */
  isBeginning: boolean
  /** Whether it is the rest of the line, or all that is sure, and maybe white space after it */
  isRest: boolean
  isSure: boolean
}

/**
 * Ends the text where it repeats the rest of the cursor's line.
 *
 * A bracket or quote that the rest closes and the text closes first is one too many, unless the text
 * opens another on the same line. Any other rest is one too many where the text ends with it, or
 * continues after it in a new line and the rest is too long to be there by chance.
 *
 * ```
 *   foo(|)       a, b)           → a, b        bar(a)   → bar(a)      a).then(b → a).then(b
 *   if (|) {     a) {\n  b()     → a
 *   x = |;       1;              → 1           1;\ny = 2 → 1;\ny = 2  (the end has no ; to cut)
 * ```
 */
export function stopAtOverlapOnLine(linePrefix: string, suffix: string): Filter {
  const rest = (suffix.split('\n', 1)[0] ?? '').trim()
  const first = rest.charAt(0)
  const isTriple = /^("""|'''|```)/.test(rest)
  const isCloser = isClosingBracket(first) || (!isTriple && openQuote(linePrefix) === first)
  const brackets = scanner(isCloser ? first : '')
  const sure = isTriple ? rest : sureOverlap(suffix.trimStart(), rest)
  const tags = openTags(/^<\/[\w-]+/.exec(rest)?.[0] ?? '')
  const beginsBlank = /^[ \t]/.test(suffix)
  const held = segmentBuffer()
  let strays: Place[] = []
  let candidates: Candidate[] = []
  /** In UTF-16 units from the start of the text: what has been read, and what has passed */
  let read = 0
  let passed = 0
  /** Where the text ends without the spaces and tabs at its end */
  let textEnd = 0
  let phase: 'reading' | 'done' = 'reading'

  function step(char: string): void {
    const place = { start: read, end: beginsBlank ? textEnd : read }
    if (char === first && !brackets.isOpen && !tags.isOpen) {
      candidates.push({ ...place, length: 0, isBeginning: true, isRest: false, isSure: false })
    }
    read++
    if (char !== ' ' && char !== '\t') textEnd = read
    tags.step(char)
    const effect = brackets.step(char)
    if (effect === 'stray') strays.push(place)
    if (effect === 'reopened') strays.pop()
    if (candidates.length > 0) {
      candidates = candidates.filter((candidate) => continues(candidate, char))
    }
  }

  function continues(candidate: Candidate, char: string): boolean {
    const at = candidate.length++
    const isBlank = char.trim() === ''
    candidate.isBeginning &&= at < sure.length && char === sure[at]
    const { length, isBeginning } = candidate
    const isStill = (was: boolean, of: string): boolean =>
      length === of.length ? isBeginning : was && isBlank
    candidate.isRest = isStill(candidate.isRest, rest)
    candidate.isSure = isStill(candidate.isSure, sure)
    return isBeginning || candidate.isRest || candidate.isSure
  }

  /** Where the text has to end, at a line's end or at its own; `null` if it does not */
  function overlap(isEnd: boolean): Place | null {
    const isOverlap = ({ isRest, isSure, length }: Candidate): boolean =>
      isSure || (isEnd && (isRest || (length > rest.length && sure[rest.length] === '\n')))
    const candidate = candidates.find(isOverlap)
    const [stray] = strays
    if (stray === undefined || candidate === undefined) return stray ?? candidate ?? null
    return stray.start < candidate.start ? stray : candidate
  }

  function take(end: number): Segment[] {
    const out = held.take(end - passed)
    passed = Math.max(passed, end)
    return out
  }

  function endAt(place: Place): Segment[] {
    phase = 'done'
    const out = take(place.end)
    held.clear()
    return out
  }

  return {
    push(segments) {
      if (phase === 'done') return []
      held.append(segments)
      const { text } = held
      for (let at = read - passed; at < text.length; at++) {
        const char = text.charAt(at)
        const place = char === '\n' ? overlap(false) : null
        if (place !== null) return endAt(place)
        step(char)
      }
      const ends = [beginsBlank ? textEnd : read, strays[0]?.end, candidates[0]?.end]
      return take(Math.min(...ends.filter((end) => end !== undefined)))
    },
    flush() {
      if (phase === 'done') return []
      const place = overlap(true)
      return place === null ? take(read) : endAt(place)
    },
    get done() {
      return phase === 'done'
    },
  }
}

/** The rest, with the lines below it up to the first that is distinctive */
function sureOverlap(suffix: string, rest: string): string {
  if (isDistinctive(rest)) return rest
  const lines = suffix.split('\n').slice(1)
  const until = lines.findIndex((line) => isDistinctive(line))
  // No text has a NUL: the rest counts at the end of the text only.
  if (until === -1) return `${rest}\0`
  return [rest, ...lines.slice(0, until + 1)].join('\n').trimEnd()
}

/** Follows whether a text has opened more elements of a closing tag's name than it has closed. */
function openTags(closing: string): { readonly isOpen: boolean; step(char: string): void } {
  const opening = closing.replace('/', '')
  let recent = ''
  let open = 0
  return {
    get isOpen() {
      return open > 0
    },
    step(char) {
      if (closing === '') return
      recent = (recent + char).slice(-closing.length)
      if (recent.endsWith(opening)) open++
      if (recent === closing) open--
    },
  }
}
