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
  /** Whether a slash where a value is expected begins a regular expression */
  readonly hasRegExps: boolean
  /** Whether `x)` at the start of a line is a pattern of a `case` */
  readonly hasCasePatterns: boolean
  /**
   * The lines that begin and end blocks without brackets, by kind. A line that does both, as `else`,
   * does neither.
   */
  readonly blocks: readonly { readonly begins: RegExp; readonly ends: RegExp }[]
}

/** For languages without a configuration. No comments: what begins one in a language is code in others. */
export const ANY_LANGUAGE: Syntax = {
  brackets: { '(': ')', '[': ']', '{': '}' },
  quotes: '"`\'',
  multilineQuotes: '`',
  comments: [],
  hasRegExps: false,
  hasCasePatterns: false,
  blocks: [],
}

export function isClosingBracket(char: string, { brackets } = ANY_LANGUAGE): boolean {
  return char !== '' && Object.values(brackets).includes(char)
}
