/** What a language uses as brackets, quotes and comments */
export interface Syntax {
  /** Opening bracket → closing bracket, one UTF-16 unit each */
  readonly brackets: Readonly<Record<string, string>>
  /** One UTF-16 unit each. An apostrophe after a letter, a digit, `&` or `<` opens no string. */
  readonly quotes: string
  /** The quotes whose strings may contain line breaks */
  readonly multilineQuotes: string
  /** What begins a comment, with what ends it: `['//', '\n']` */
  readonly comments: readonly (readonly [begin: string, end: string])[]
}

/** Fits most languages. No comments: what begins one in a language is code in others. */
export const ANY_LANGUAGE: Syntax = {
  brackets: { '(': ')', '[': ']', '{': '}' },
  quotes: '"`\'',
  multilineQuotes: '`',
  comments: [],
}

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
  /** @param char one UTF-16 unit */
  step(char: string): Effect
}

type State =
  | { in: 'code' }
  /** `isOuter`: the string is open where the text begins, and the suffix closes it. */
  | { in: 'string'; quote: string; isOuter: boolean; escaped: boolean }
  | { in: 'comment'; end: string }

const CODE: State = { in: 'code' }

/**
 * @param closer what the suffix closes first: a bracket, a quote that is open where the text begins, or
 *   an empty string
 *
 * ```
 *   foo(|)    a, b)          the ) is stray
 *             bar(a)         nothing is
 *             a).then(b      the ) is stray, the ( reopens it: the suffix closes it
 * ```
 */
export function scanner(closer = '', syntax = ANY_LANGUAGE): Scanner {
  const isQuote = (char: string): boolean => char !== '' && syntax.quotes.includes(char)
  const closing = new Set(Object.values(syntax.brackets))
  const recentLength = Math.max(0, ...syntax.comments.flat().map(({ length }) => length))
  /** The closing brackets of those that the text has opened */
  const stack: string[] = []
  let state: State = isQuote(closer)
    ? { in: 'string', quote: closer, isOuter: true, escaped: false }
    : CODE
  /** How many stray ones have not been reopened */
  let strays = 0
  let before = ''
  let recent = ''

  function inCode(char: string): Effect {
    const comment = syntax.comments.find(([begin]) => recent.endsWith(begin))
    if (comment !== undefined) {
      state = { in: 'comment', end: comment[1] }
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
      else if (char === closer) return stray()
    }
    return 'none'
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
    get quote() {
      return state.in === 'string' ? state.quote : ''
    },
    step(char) {
      if (recentLength > 0)
        recent = state.in === 'string' ? '' : (recent + char).slice(-recentLength)
      let effect: Effect = 'none'
      if (state.in === 'code') effect = inCode(char)
      else if (state.in === 'string') effect = inString(state, char)
      else if (recent.endsWith(state.end)) {
        state = CODE
        recent = ''
      }
      before = char
      return effect
    },
  }
}

export function isClosingBracket(char: string, { brackets } = ANY_LANGUAGE): boolean {
  return char !== '' && Object.values(brackets).includes(char)
}

/** The quote of the string that is open at the end of a line; empty when none is */
export function openQuote(line: string, syntax = ANY_LANGUAGE): string {
  const lines = scanner('', syntax)
  for (const char of line.split('')) lines.step(char)
  return lines.quote
}
