/** User-perceived characters: a letter with its accents, an emoji of four people, a flag */
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** How much text around an offset is segmented, in UTF-16 units: a text may be long. */
const NEAR = 1000

/**
 * The start of the grapheme cluster at an offset: the offset itself when one starts there.
 *
 * @param offset in UTF-16 units
 */
export function characterStart(text: string, offset: number): number {
  const from = Math.max(0, offset - NEAR)
  const found = CHARACTERS.segment(text.slice(from, offset + NEAR)).containing(offset - from)
  return found === undefined ? offset : from + found.index
}

/**
 * The end of the grapheme cluster at an offset: the offset itself when one starts there.
 *
 * @param offset in UTF-16 units
 */
export function characterEnd(text: string, offset: number): number {
  const from = Math.max(0, offset - NEAR)
  const found = CHARACTERS.segment(text.slice(from, offset + NEAR)).containing(offset - from)
  if (found === undefined || from + found.index === offset) return offset
  return from + found.index + found.segment.length
}

/** The number of letters in a string */
export function letters(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
