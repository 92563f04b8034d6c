import { isBlank, tokenEnd } from './tokens.ts'

/**
 * A text as it is compared: one number a token, white space left out, so that differences in it do
 * not matter. Only line ends count: however many, with whatever indentation, they are one key.
 * The start of the text is a line end too.
 */
export interface Keys {
  /** A hash of each token. Two tokens with one hash are possible, harmless and very rare. */
  readonly hashes: Uint32Array
  /** Where each token starts in the text; a line end starts after the last character of its line. */
  readonly starts: Uint32Array
}

/** The key of a line end. */
export const newline = 0

const lineFeed = 10

export function keysOf(text: string): Keys {
  let hashes = new Uint32Array((text.length >> 2) + 16)
  let starts = new Uint32Array(hashes.length)
  let count = 1
  for (let start = 0; start < text.length;) {
    const end = tokenEnd(text, start)
    const first = text.charCodeAt(start)
    const key = first === lineFeed ? newline : hash(text, start, end)
    if (!isBlank(first) && !(key === newline && hashes[count - 1] === newline)) {
      if (count === hashes.length) {
        hashes = grown(hashes)
        starts = grown(starts)
      }
      hashes[count] = key
      starts[count] = start
      count++
    }
    start = end
  }
  return { hashes: hashes.slice(0, count), starts: starts.slice(0, count) }
}

/** FNV-1a, never 0. */
function hash(text: string, start: number, end: number): number {
  let value = 0x811c9dc5
  for (let at = start; at < end; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value === newline ? 1 : value >>> 0
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
