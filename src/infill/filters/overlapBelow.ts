import { followBrackets, isClosing } from './brackets.ts'
import { isDistinctive, letters } from './distinctive.ts'
import type { TextFilter } from './filter.ts'

/**
 * Lets text pass until one of its lines is the next line of the document, indentation and all. A line
 * that is nothing special ends it only where it closes what the caret is in, or the text ends there.
 *
 * ```
 *   if (a) {|         \n  b()\n}\nc()   → \n  b()        the } closes what the text has not opened
 *   }                 \n  if (b) {\n  }\n  c()           … and here it does not
 *   0, 0,|            \n0, 0,\n0, 0,    → all of it      rows may well be the same
 *   0, 0,
 * ```
 *
 * @param below the lines after that of the caret
 */
export function stopAtOverlapBelow(linePrefix: string, below: readonly string[]): TextFilter {
  const at = below.findIndex((line) => line.trim() !== '')
  const next = (below[at] ?? '').trimEnd()
  if (at === -1) return { take: (text) => text, rest: () => '', ended: false }
  const indent = next.length - next.trimStart().length
  const closer = isClosing(next.charAt(indent)) ? next.charAt(indent) : ''
  const brackets = followBrackets(closer)
  const isSure = closer !== '' || isDistinctive(next)
  let kept = ''
  let line = linePrefix
  /** Whether the line in question may still be the next line: the first may when nothing is in it */
  let maybe = linePrefix.trim() === ''
  let stray = false
  /** Whether all lines so far were further in: the first that is not closes them */
  let inside: boolean | null = null
  /** What the caret's line has before it says nothing of that. */
  let counts = maybe
  let ended = false

  function isOverlap(isEnd: boolean): boolean {
    if (stray) return true
    if (!maybe || line.trimEnd() !== next) return false
    return isSure || inside === true || (isEnd && letters(next) >= 3)
  }

  function newLine(): void {
    if (counts && line.trim() !== '') inside = inside !== false && line.search(/\S/) > indent
    counts = true
    line = ''
    maybe = !brackets.open
    stray = false
    // Of the line breaks, those that the suffix brings as well are held back, and no more.
    kept += '\n'
  }

  function step(char: string): void {
    const isFirst = char.trim() !== '' && line.trim() === ''
    line += char
    kept += char
    const stepped = brackets.step(char)
    if (stepped === 'stray' && maybe && isFirst && line.length === indent + 1) {
      stray = line.slice(0, indent) === next.slice(0, indent)
    }
    if (stepped === 'paid') stray = false
    if (maybe && !next.startsWith(line) && line.trimEnd() !== next) maybe = false
  }

  /** What of the kept text can go, when the line in question is not the next one or not yet */
  function safe(): string {
    const breaks = /\n*$/.exec(kept.slice(0, kept.length - line.length))?.[0].length ?? 0
    const from = kept.length - line.length - Math.min(breaks, at + 1)
    const hold = maybe || stray ? Math.max(0, from) : kept.length
    const text = kept.slice(0, hold)
    kept = kept.slice(hold)
    return text
  }

  function end(): string {
    const wasAll = line.length - kept.length
    const body = wasAll >= 0 ? '' : kept.slice(0, kept.length - line.length)
    const own = /\n*$/.exec(body)?.[0].length ?? 0
    ended = true
    kept = ''
    return body.slice(0, body.length - Math.min(own, at + 1))
  }

  return {
    take(text) {
      if (ended) return ''
      let out = ''
      for (const char of text.split('')) {
        if (char !== '\n') step(char)
        else if (isOverlap(false)) return out + end()
        else {
          out += safeLine()
          brackets.step(char)
          newLine()
        }
      }
      return out + safe()
    },
    rest() {
      if (isOverlap(true)) return end()
      const all = kept
      kept = ''
      return all
    },
    get ended() {
      return ended
    },
  }

  /** All of a line that has text; of blank ones it is not known yet how many the suffix has, too. */
  function safeLine(): string {
    if (line.trim() === '') return ''
    const text = kept
    kept = ''
    return text
  }
}
