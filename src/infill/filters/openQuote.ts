/** The quote that is open at the end of a line, or nothing */
export function openQuote(line: string): string {
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const char = line[index] ?? ''
    if (quote !== '') {
      if (char === '\\') index++
      else if (char === quote) quote = ''
    } else if (
      char === '"' ||
      char === '`' ||
      (char === "'" && !/[\p{L}\p{N}&<]/u.test(line[index - 1] ?? ''))
    ) {
      quote = char
    }
  }
  return quote
}
