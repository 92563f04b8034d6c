import { countOf, type Balance } from './bracketBalance.ts'
import type { Filter } from '../filters/filter.ts'
import { openQuote, scanner } from '../filters/scanner.ts'
import { isClosingBracket, type Syntax } from '../filters/syntax.ts'
import { segmentBuffer, type Segment } from '../filters/segment.ts'

/** A place where the text may have to end, in UTF-16 units from its start */
interface Place {
  /** Before the white space that the suffix has as well */
  end: number
}

/**
 * Ends the text at a bracket or quote that the rest of the cursor's line closes and the text closes
 * first, unless the text opens another on the same line.
 *
 * ```
 *   foo(|)       a, b)           → a, b        bar(a)   → bar(a)      a).then(b → a).then(b
 *   if (|) {     a) {\n  b()     → a
 * ```
 *
 * @param balance how many closers the document lacks: as many are not too many
 */
export function stopAtOverlapOnLine(
  linePrefix: string,
  suffix: string,
  balance: () => Balance,
  syntax?: Syntax,
): Filter {
  const rest = (suffix.split('\n', 1)[0] ?? '').trim()
  const first = rest.charAt(0)
  const isTriple = /^("""|'''|```)/.test(rest)
  // An even number of quotes after the cursor: the document lacks one.
  const isOpenQuote =
    !isTriple && openQuote(linePrefix, syntax) === first && rest.split(first).length % 2 === 0
  const isCloser = isClosingBracket(first, syntax) || isOpenQuote
  const brackets = scanner(isCloser ? first : '', syntax, () => countOf(first, balance().lacking))
  const beginsBlank = /^[ \t]/.test(suffix)
  const held = segmentBuffer()
  let strays: Place[] = []
  /** In UTF-16 units from the start of the text: what has been read, and what has passed */
  let read = 0
  let passed = 0
  /** Where the text ends without the spaces and tabs at its end */
  let textEnd = 0
  let phase: 'reading' | 'done' = 'reading'

  function step(char: string): void {
    const place = { end: beginsBlank ? textEnd : read }
    read++
    if (char !== ' ' && char !== '\t') textEnd = read
    const effect = brackets.step(char)
    if (effect === 'stray') strays.push(place)
    if (effect === 'reopened') strays.pop()
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
        const [stray] = strays
        if (char === '\n' && stray !== undefined) return endAt(stray)
        step(char)
      }
      return take(Math.min(beginsBlank ? textEnd : read, strays[0]?.end ?? read))
    },
    flush() {
      if (phase === 'done') return []
      const [stray] = strays
      if (stray === undefined) return take(read)
      return endAt(stray)
    },
    get done() {
      return phase === 'done'
    },
  }
}
