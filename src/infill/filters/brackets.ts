/** What a character does to the brackets and quotes around it, as far as one closing one goes */
export type Step =
  | 'nothing'
  /** It closes what was not opened in this text: the one that the suffix closes, too. */
  | 'stray'
  /** It opens one of that kind after a stray one, for the suffix to close. */
  | 'paid'

/** Follows the brackets and quotes of a text, character by character. Knows no language. */
export interface Brackets {
  /** Whether something that this text has opened is open */
  readonly open: boolean
  step(char: string): Step
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

export function isClosing(char: string): boolean {
  return char === ')' || char === ']' || char === '}'
}

/**
 * @param closer what the suffix closes first: a bracket, a quote that is open where the text begins,
 *   or nothing
 *
 * ```
 *   foo(|)    a, b)          the ) is stray
 *             bar(a)         nothing is
 *             a).then(b      the ) is stray, the ( is paid: the suffix closes it
 * ```
 */
export function followBrackets(closer: string): Brackets {
  const stack: string[] = []
  let quote = closer === '' || isClosing(closer) ? '' : closer
  let isOuter = quote !== ''
  let owed = 0
  let before = ''
  let escaped = false

  function inQuote(char: string): Step {
    if (escaped) escaped = false
    else if (char === '\\') escaped = true
    else if (char === quote) {
      quote = ''
      const stray = isOuter
      isOuter = false
      if (stray) owed++
      return stray ? 'stray' : 'nothing'
    }
    // What looked like a quote was none, or is at its end: an apostrophe, a lifetime.
    else if (char === '\n' && quote !== '`' && !isOuter) quote = ''
    return 'nothing'
  }

  function outside(char: string): Step {
    if (char === '"' || char === '`' || (char === "'" && !/[\p{L}\p{N}&<]/u.test(before))) {
      // Right after the stray one: an empty string, or the second of three
      isOuter = owed > 0 && char === closer && before !== char
      quote = char
      return isOuter ? pay() : 'nothing'
    }
    const closing = CLOSING[char]
    if (closing !== undefined) {
      if (owed > 0 && closing === closer && stack.length === 0) return pay()
      stack.push(closing)
    } else if (isClosing(char)) {
      const opened = stack.lastIndexOf(char)
      if (opened !== -1) stack.length = opened
      else if (char === closer) {
        owed++
        return 'stray'
      }
    }
    return 'nothing'
  }

  function pay(): Step {
    owed--
    return 'paid'
  }

  return {
    get open() {
      return stack.length > 0 || (quote !== '' && !isOuter)
    },
    step(char) {
      const step = quote === '' ? outside(char) : inQuote(char)
      before = char
      return step
    },
  }
}
