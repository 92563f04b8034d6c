import { followBrackets, isClosing } from './brackets.ts'
import { isDistinctive } from './distinctive.ts'
import type { TextFilter } from './filter.ts'
import { openQuote } from './openQuote.ts'

/**
 * Lets text pass until it repeats the rest of the caret's line.
 *
 * A bracket or quote that the rest closes and the text closes first is one too many, unless the text
 * opens another on the same line. Any other rest is one too many where the text ends with it, or
 * goes on after it in a new line while it is too much to be there by chance.
 *
 * ```
 *   foo(|)       a, b)           → a, b        bar(a)   → bar(a)      a).then(b → a).then(b
 *   if (|) {     a) {\n  b()     → a
 *   x = |;       1;              → 1           1;\ny = 2 → 1;\ny = 2  (the end has no ; to cut)
 * ```
 */
export function stopAtOverlapOnLine(linePrefix: string, suffix: string): TextFilter {
  const rest = (suffix.split('\n', 1)[0] ?? '').trim()
  const first = rest.charAt(0)
  const isTriple = /^("""|'''|```)/.test(rest)
  const isCloser = isClosing(first) || (!isTriple && openQuote(linePrefix) === first)
  const brackets = followBrackets(isCloser ? first : '')
  const sure = isTriple ? rest : known(suffix.trimStart(), rest)
  const tag = /^<\/[\w-]+/.exec(rest)?.[0] ?? ''
  let seen = ''
  const bringsBlank = /^[ \t]/.test(suffix)
  let kept = ''
  /** Places in `kept` */
  let strays: number[] = []
  let candidates: number[] = []
  let ended = false

  function cutAt(place: number): string {
    const text = kept.slice(0, place)
    kept = ''
    ended = true
    return bringsBlank ? withoutBlanks(text) : text
  }

  /** Where the text has to end now that its line does, or -1 */
  function overlap(isEnd: boolean): number {
    const places = candidates.filter((place) => {
      const tail = kept.slice(place).trimEnd()
      return tail === sure || (isEnd && `${tail}\n`.startsWith(`${rest}\n`))
    })
    const found = [...strays, ...places]
    return found.length === 0 ? -1 : Math.min(...found)
  }

  function step(char: string): void {
    const here = kept.length
    if (char === first && !brackets.open && !opensTag(seen, tag)) candidates.push(here)
    kept += char
    if (tag !== '') seen += char
    const stepped = brackets.step(char)
    if (stepped === 'stray') strays.push(here)
    if (stepped === 'paid') strays.pop()
    candidates = candidates.filter((place) => {
      const tail = kept.slice(place)
      return sure.startsWith(tail) || tail.trimEnd() === rest || tail.trimEnd() === sure
    })
  }

  return {
    take(text) {
      if (ended) return ''
      for (const char of text.split('')) {
        const place = char === '\n' ? overlap(false) : -1
        if (place !== -1) return cutAt(place)
        step(char)
      }
      const found = Math.min(kept.length, ...strays, ...candidates)
      const hold = bringsBlank ? withoutBlanks(kept.slice(0, found)).length : found
      const safe = kept.slice(0, hold)
      kept = kept.slice(hold)
      strays = strays.map((each) => each - hold)
      candidates = candidates.map((each) => each - hold)
      return safe
    },
    rest() {
      const place = overlap(true)
      if (place !== -1) return cutAt(place)
      const all = kept
      kept = ''
      return all
    },
    get ended() {
      return ended
    },
  }
}

/** The rest, with the lines below it until they are distinctive */
function known(suffix: string, rest: string): string {
  if (isDistinctive(rest)) return rest
  const lines = suffix.split('\n').slice(1)
  const until = lines.findIndex((line) => isDistinctive(line))
  // Nothing that a line of text could be: the rest counts at the very end only.
  if (until === -1) return `${rest}\0`
  return [rest, ...lines.slice(0, until + 1)].join('\n').trimEnd()
}

function withoutBlanks(text: string): string {
  return text.replace(/[ \t]+$/, '')
}

/** Whether the text has opened an element of the closing tag's name and not closed it */
function opensTag(text: string, closing: string): boolean {
  if (closing === '') return false
  return text.split(closing.replace('/', '')).length > text.split(closing).length
}
