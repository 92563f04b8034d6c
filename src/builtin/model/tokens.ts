/**
 * A token is an identifier or number, line breaks with the indentation that follows, a run of
 * white space, or one other character. Lengths are bounded, so max_tokens also bounds the length of
 * the text.
 */
const TOKEN = /[\p{L}\p{M}\p{N}_$]{1,64}|\n{1,8}[ \t]{0,64}|[^\S\n]{1,64}|[^]/gu

/** Splits text into tokens. Joined, they are the same text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? []
}

export const isWord = (text: string): boolean => /^[\p{L}\p{M}\p{N}_$]/u.test(text)

/** The white space at the start of the last line, up to 64 characters. */
export function indentationAt(text: string): string {
  return /^[ \t]{0,64}/.exec(text.slice(text.lastIndexOf('\n') + 1))?.[0] ?? ''
}

/**
 * One level of indentation: the smallest increase from one line to the next. Undefined where no line
 * is indented more than the one before it.
 */
export function indentUnit(text: string): string | undefined {
  let unit: string | undefined
  let before: string | undefined
  // A line that starts with an asterisk is aligned within a comment, not indented. The last line
  // may consist of indentation only.
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
