/** A longer run of letters or blanks is several tokens, so that max_tokens bounds the text as well. */
const maxTokenLength = 64
const lineFeed = 10

/**
 * The end of the token that starts at `start`, which must be inside the text. A token is an
 * identifier or number, one other character (never half a surrogate pair), a line feed with the
 * indentation after it, or a run of blanks.
 */
export function tokenEnd(text: string, start: number): number {
  const code = text.codePointAt(start) ?? 0
  const limit = Math.min(text.length, start + maxTokenLength)
  if (isWord(code)) return wordEnd(text, start, limit)
  let end = start + (code > 0xffff ? 2 : 1)
  if (isBlank(code) || code === lineFeed) {
    while (end < limit && isBlank(text.charCodeAt(end))) end++
  }
  return end
}

function wordEnd(text: string, start: number, limit: number): number {
  let end = start
  while (end < limit) {
    const code = text.codePointAt(end) ?? 0
    if (!isWord(code)) break
    end += code > 0xffff ? 2 : 1
  }
  return end
}

/** Splits a text into tokens; joined they are the text again. */
export function* tokensOf(text: string): Generator<string, void> {
  for (let start = 0; start < text.length;) {
    const end = tokenEnd(text, start)
    yield text.slice(start, end)
    start = end
  }
}

export function countTokens(text: string): number {
  let count = 0
  for (let start = 0; start < text.length; start = tokenEnd(text, start)) count++
  return count
}

/** Blanks do not end a line. A lone carriage return counts, since the text is LF. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 12 || code === 0xa0
}

/** Whether a code point belongs to identifiers and numbers, in any script. */
export function isWord(code: number): boolean {
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code === 36
    )
  }
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCodePoint(code))
}
