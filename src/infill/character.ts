/** As a reader counts: a letter with its accents, a family joined from four people, a flag */
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** So much of a text around a place shows where a character begins, however long the text is. */
const NEAR = 1000

/** Where the character begins that a place is in; the place itself where one begins there. */
export function characterStart(text: string, place: number): number {
  const from = Math.max(0, place - NEAR)
  const found = CHARACTERS.segment(text.slice(from, place + NEAR)).containing(place - from)
  return found === undefined ? place : from + found.index
}

/** Where the character ends that a place is in; the place itself where one begins there. */
export function characterEnd(text: string, place: number): number {
  const from = Math.max(0, place - NEAR)
  const found = CHARACTERS.segment(text.slice(from, place + NEAR)).containing(place - from)
  if (found === undefined || from + found.index === place) return place
  return from + found.index + found.segment.length
}
