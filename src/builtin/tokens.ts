/**
 * A token: an identifier or number, line ends with the indentation after them, a run of blanks, or
 * one other character. The lengths are bounded, so that max_tokens bounds the text as well.
 */
const token = /[\p{L}\p{M}\p{N}_$]{1,64}|\n{1,8}[ \t]{0,64}|[^\S\n]{1,64}|[^]/gu

/** Splits a text into tokens; joined they are the text again. */
export function tokensOf(text: string): readonly string[] {
  return text.match(token) ?? []
}

export const isWord = (text: string): boolean => /^[\p{L}\p{M}\p{N}_$]/u.test(text)

/** The white space that the last line of a text begins with, as its last line end says. */
export function indentationAt(text: string): string {
  const line = text.lastIndexOf('\n')
  return line === -1 ? '' : (/^[ \t]{0,64}/.exec(text.slice(line + 1))?.[0] ?? '')
}
