import { ANY_LANGUAGE } from './syntax.ts'

/** What a character does to the bracket or quote that the suffix closes first */
export type Effect =
  | 'none'
  /** It closes what the text has not opened, so it closes what the suffix closes as well. */
  | 'stray'
  /** It opens another one after a stray one, for the suffix to close. */
  | 'reopened'

/** Follows the brackets, quotes and comments of a text, character by character. */
export interface Scanner {
  /** Whether something is open that the text has opened */
  readonly isOpen: boolean
  /** The quote of the string that the text is in; empty outside of strings */
  readonly quote: string
  /** How many brackets are open that the text has opened */
  readonly depth: number
  /** How many brackets the text has closed that it has not opened, of any kind */
  readonly unmatched: number
  /** How many stray closers have not been reopened */
  readonly strays: number
  /** Whether the text is outside of strings and comments */
  readonly isCode: boolean
  /** @param char one UTF-16 unit */
  step(char: string): Effect
}

type State =
  | { in: 'code' }
  /** `isOuter`: the string is open where the text begins, and the suffix closes it. */
  | { in: 'string'; quote: string; isOuter: boolean; escaped: boolean }
  | { in: 'comment'; end: string }
  | { in: 'regExp'; isClass: boolean; escaped: boolean }

const CODE: State = { in: 'code' }

/** How much of a line is kept, in UTF-16 units */
const LINE = 80

/** The end of a line after which a slash begins a regular expression and does not divide */
const EXPECTS_VALUE = /(^|[(,=:[!&|?{};+\-*%<>~^]|\b(return|typeof|case|in|of))\s*$/

/** `a)`, `"x y")`, `*.ts | *.js)` */
const CASE_PATTERN = /^\s*\(?[^\s()]+(\s*\|\s*[^\s()]+)*\)$/

/**
 * @param closer what the suffix closes first: a bracket, a quote that is open where the text begins, or
 *   an empty string
 * @param lacking how many closers of this kind the document lacks: as many are not stray
 *
 * ```
 *   foo(|)    a, b)          the ) is stray
 *             bar(a)         nothing is
 *             a).then(b      the ) is stray, the ( reopens it: the suffix closes it
 * ```
 */
export function scanner(closer = '', syntax = ANY_LANGUAGE, lacking = () => 0): Scanner {
  /** How many more closers are not stray; known at the first one */
  let allowed: number | null = null
  const isQuote = (char: string): boolean => char !== '' && syntax.quotes.includes(char)
  const closing = new Set(Object.values(syntax.brackets))
  /** The last characters of the signs that begin comments: others need no comparison. */
  const beginEnds = new Set(syntax.comments.map(([begin]) => begin.slice(-1)))
  const signsOfLines = new Set(
    syntax.comments.flatMap(([begin, end]) => (end === '\n' ? begin : [])),
  )
  /** The characters that mean something in code */
  const signs = new Set([
    ...Object.keys(syntax.brackets),
    ...closing,
    ...syntax.quotes.split(''),
    ...beginEnds,
    ...(syntax.hasRegExps ? ['/'] : []),
  ])
  /** The closing brackets of those that the text has opened */
  const stack: string[] = []
  let state: State = isQuote(closer)
    ? { in: 'string', quote: closer, isOuter: true, escaped: false }
    : CODE
  /** How many stray ones have not been reopened */
  let strays = 0
  let unmatched = 0
  let before = ''
  /** The line so far, or the end of it */
  let line = ''
  /** How much of the line belongs to the current comment, or follows the last one */
  let since = 0

  function ends(sign: string): boolean {
    return since >= sign.length && line.endsWith(sign)
  }

  function beginsComment(begin: string): boolean {
    if (!ends(begin)) return false
    // `$#`, `${#a}`, `a#b`, `\\%` begin no comment.
    return begin.length > 1 || /(^|\s)$/.test(line.slice(0, -1))
  }

  function inCode(char: string): Effect {
    const comment = beginEnds.has(char)
      ? syntax.comments.find(([begin]) => beginsComment(begin))
      : undefined
    if (comment !== undefined) {
      state = { in: 'comment', end: comment[1] }
      since = 0
      // `(*` and `{-` have opened a bracket.
      if (stack.at(-1) === syntax.brackets[comment[0].charAt(0)]) stack.pop()
      return 'none'
    }
    if (char === '/' && syntax.hasRegExps && EXPECTS_VALUE.test(line.slice(0, -1))) {
      state = { in: 'regExp', isClass: false, escaped: false }
      return 'none'
    }
    if (isQuote(char) && (char !== "'" || !/[\p{L}\p{N}&<]/u.test(before))) {
      // Right after the stray quote: an empty string, or the second of three
      const isOuter = strays > 0 && char === closer && before !== char
      state = { in: 'string', quote: char, isOuter, escaped: false }
      return isOuter ? reopen() : 'none'
    }
    const bracket = syntax.brackets[char]
    if (bracket !== undefined) {
      if (strays > 0 && bracket === closer && stack.length === 0) return reopen()
      stack.push(bracket)
    } else if (closing.has(char)) {
      const opened = stack.lastIndexOf(char)
      if (opened !== -1) stack.length = opened
      else if (!isCasePattern(char)) {
        unmatched++
        if (char === closer) return stray()
      }
    }
    return 'none'
  }

  /** `--[[` begins a comment of several lines, though `--` has begun one of a line. */
  function lengthen(comment: State & { in: 'comment' }): void {
    const long = syntax.comments.find(([begin, end]) => {
      const rest = begin.length - since
      return (
        end !== '\n' && rest > 0 && line.endsWith(begin) && signsOfLines.has(begin.slice(0, rest))
      )
    })
    if (long === undefined) return
    comment.end = long[1]
    since = 0
  }

  function isCasePattern(char: string): boolean {
    return syntax.hasCasePatterns && char === ')' && CASE_PATTERN.test(line)
  }

  function inRegExp(regExp: State & { in: 'regExp' }, char: string): void {
    if (char === '\n') state = CODE
    else if (regExp.escaped) regExp.escaped = false
    else if (char === '\\') regExp.escaped = true
    else if (char === '[') regExp.isClass = true
    else if (char === ']') regExp.isClass = false
    else if (char === '/' && !regExp.isClass) state = CODE
    // `//` is a comment, and `/*` as well.
    if ((char === '/' || char === '*') && before === '/') inCode(char)
  }

  function inString(string: State & { in: 'string' }, char: string): Effect {
    if (string.escaped) string.escaped = false
    else if (char === '\\') string.escaped = true
    else if (char === string.quote) {
      state = CODE
      return string.isOuter ? stray() : 'none'
    } else if (char === '\n' && !string.isOuter && !syntax.multilineQuotes.includes(string.quote)) {
      // It was no quote, or the string has no end: an apostrophe, a lifetime.
      state = CODE
    }
    return 'none'
  }

  function stray(): Effect {
    allowed ??= lacking()
    if (allowed > 0) {
      allowed--
      return 'none'
    }
    strays++
    return 'stray'
  }

  function reopen(): Effect {
    strays--
    return 'reopened'
  }

  return {
    get isOpen() {
      return stack.length > 0 || (state.in === 'string' && !state.isOuter)
    },
    get depth() {
      return stack.length
    },
    get unmatched() {
      return unmatched
    },
    get strays() {
      return strays
    },
    get isCode() {
      return state.in === 'code'
    },
    get quote() {
      return state.in === 'string' ? state.quote : ''
    },
    step(char) {
      since++
      if (char === '\n') line = ''
      else line = line.length < 2 * LINE ? line + char : line.slice(-LINE) + char
      let effect: Effect = 'none'
      if (state.in === 'code') {
        if (signs.has(char)) effect = inCode(char)
      } else if (state.in === 'string') effect = inString(state, char)
      else if (state.in === 'regExp') inRegExp(state, char)
      else if (state.end === '\n' ? char === '\n' : ends(state.end)) {
        state = CODE
        since = 0
      } else if (state.end === '\n' && beginEnds.has(char)) lengthen(state)
      before = char
      return effect
    },
  }
}

/** The quote of the string that is open at the end of a line; empty when none is */
export function openQuote(line: string, syntax = ANY_LANGUAGE): string {
  const lines = scanner('', syntax)
  for (const char of line.split('')) lines.step(char)
  return lines.quote
}
