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

/** The white space that the last line of a text begins with. */
export function indentationAt(text: string): string {
  return /^[ \t]{0,64}/.exec(text.slice(text.lastIndexOf('\n') + 1))?.[0] ?? ''
}

/** One level of indentation in a text, which is the least that a line has more than the one before it. */
export function indentUnit(text: string): string | undefined {
  let unit: string | undefined
  let before: string | undefined
  // A line that starts with an asterisk is aligned with a comment, not indented. The last line may
  // have nothing but its indentation yet.
  for (const [, indentation = ''] of text.matchAll(/^([ \t]*)(?:[^\s*]|$(?![^]))/gm)) {
    const more = indentation.startsWith(before ?? indentation)
      ? indentation.slice(before?.length ?? indentation.length)
      : ''
    if (more.startsWith('\t')) return '\t'
    if (more.length > 1 && more.length < (unit?.length ?? Infinity)) unit = more
    before = indentation
  }
  return unit
}
