/** The white space that the line of `at` begins with, as far as it is before `at`. */
export function indentationAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  let end = start
  while (end < at && (text[end] === ' ' || text[end] === '\t')) end++
  return text.slice(start, end)
}

/** Whether only white space is before `at` in its line. */
export function isAtLineStart(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return text.slice(start, at).trim() === ''
}

/** The columns an indentation takes; a tab counts as four. */
export function width(indentation: string): number {
  let columns = 0
  for (const character of indentation) columns += character === '\t' ? 4 : 1
  return columns
}

/**
 * Moves the lines after the first as the line with the indentation `from` moves to the indentation
 * `to`. A line that cannot move as far to the left stays.
 */
export function reindent(text: string, from: string, to: string): string {
  if (from === to) return text
  const [remove, add] = to.startsWith(from)
    ? ['', to.slice(from.length)]
    : from.startsWith(to)
      ? [from.slice(to.length), '']
      : [from, to]
  return text.replaceAll(/\n([ \t]*)(?=\S)/g, (all, indentation: string) =>
    indentation.startsWith(remove) ? `\n${add}${indentation.slice(remove.length)}` : all,
  )
}

/**
 * What one level of indentation is in a text: a tab or some blanks. Undefined if lines are not
 * indented, or all by the same blanks, which may be one level or more.
 */
export function indentUnit(text: string): string | undefined {
  const found = new Set<string>()
  // A line that starts with an asterisk is aligned with a comment, not indented. The last line may
  // have nothing but its indentation yet.
  for (const [, indentation = ''] of text.matchAll(/^(\t| {2,})(?:[^\s*]|$(?![^]))/gm)) {
    found.add(indentation)
  }
  if (found.has('\t')) return '\t'
  return found.size < 2 ? undefined : [...found].toSorted((a, b) => a.length - b.length)[0]
}

/** Writes the indentation of lines with another unit; the first line only if it starts with blanks. */
export function convertIndent(text: string, from: string, to: string): string {
  if (from === to) return text
  return text.replaceAll(/^[ \t]+/gm, (indentation) => {
    const columns = width(indentation)
    const levels = Math.floor(columns / width(from))
    return to.repeat(levels) + ' '.repeat(columns - levels * width(from))
  })
}
