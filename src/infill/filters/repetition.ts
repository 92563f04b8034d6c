import { characterStart } from '../character.ts'
import { letters } from './distinctive.ts'
import type { TextFilter } from './filter.ts'

/** The longest unit that is looked for: about eight lines, in UTF-16 units */
const LONGEST = 640
/** Shorter units, such as `0, ` and `null, `, are good text many times over. */
const SHORTEST = 8
/** So many times in a row is no chance, of a unit with that many letters */
const TIMES = 6
const LETTERS = 6
/** Tables of zeros, rules and padding come to an end before that. */
const ANYTHING = 4000

/**
 * Ends a text that goes round and round: the same line, the same few lines or the same words of one
 * line, six times in a row. From the third time on it is held back, so two of them stay.
 *
 * ```
 *   a();\n  log(x);\n  log(x);\n | log(x);\n  log(x);\n  log(x);\n  log(x);\n
 *           1st         2nd     cut                                   6th: ended
 * ```
 *
 * For each length up to the longest it counts for how long each character was the same as the one so
 * far before it. That many counts a character are less work than its journey over the network.
 */
export function repetition(): TextFilter {
  const runs = new Uint32Array(LONGEST + 1)
  /** The last characters, of which there are at least as many as the longest unit has */
  const past = new Uint16Array(2 * LONGEST)
  let count = 0
  let kept = ''
  let ended = false

  function lastOf(length: number): string {
    return String.fromCharCode(...past.subarray(count - length, count))
  }

  /** Whether `length` is that of a unit, and not of several smaller ones or of mere figures */
  function isUnit(length: number): boolean {
    if (length < SHORTEST) return false
    for (let less = 1; less < length; less++) if ((runs[less] ?? 0) >= length) return false
    return letters(lastOf(length)) >= LETTERS
  }

  /** How much of the end is to be kept back: what is more than two units of what may be endless */
  function step(char: string): number {
    let hold = 0
    if (count === past.length) {
      past.copyWithin(0, LONGEST)
      count = LONGEST
    }
    const from = count
    const code = char.charCodeAt(0)
    past[count++] = code
    for (let length = 1; length <= Math.min(LONGEST, from); length++) {
      const run = past[from - length] === code ? (runs[length] ?? 0) + 1 : 0
      runs[length] = run
      if (run >= ANYTHING) ended = true
      if (run < length || run - length < hold || !isUnit(length)) continue
      // One more than the third time: the line break that the second one ends with is not needed.
      hold = run - length + 1
      // A run of n units' length has seen the first of them before.
      if (run >= length * (TIMES - 1)) ended = true
    }
    return hold
  }

  return {
    take(text) {
      let out = ''
      for (const char of text.split('')) {
        if (ended) break
        kept += char
        const safe = Math.max(0, kept.length - step(char))
        out += kept.slice(0, safe)
        kept = kept.slice(safe)
      }
      // Two characters may be the same in their first half.
      const whole = characterStart(out + kept, out.length)
      kept = out.slice(whole) + kept
      out = out.slice(0, whole)
      if (!ended) return out
      // The unit may begin within a line: what is left of that line belongs to the second time.
      const lineEnd = kept.indexOf('\n')
      const left = lineEnd === -1 ? '' : kept.slice(0, lineEnd)
      kept = ''
      return out + left
    },
    rest() {
      const all = kept
      kept = ''
      return all
    },
    get ended() {
      return ended
    },
  }
}
