import { characterStart } from '../character.ts'
import type { TextFilter } from './filter.ts'

/** What nothing is ever added to, but the parts of emoji: punctuation, signs, blanks, line ends */
const CLOSED = /[[\p{P}\p{S}\p{Z}\n\t]--[\p{Extended_Pictographic}\p{RI}\p{EMod}#*]]$/v

/** What comes whole as a rule, and in few texts with marks that come after it: `e` and `◌́` */
const PLAIN = /[[\p{LC}\p{N}\p{Ideographic}\p{scx=Hira}\p{scx=Kana}가-힣#*]--\p{M}]/v
const ENDS_PLAIN = new RegExp(`${PLAIN.source}$`, 'v')
const MARKED = new RegExp(`(?:^|${PLAIN.source})[\\p{M}\u1160-\u11ff]`, 'v')

/**
 * Lets LF only pass, and only what a reader sees as whole characters: a CR is kept back until it is
 * known whether an LF follows, and a character that may go on until the next one has begun.
 *
 * ```
 *   take('a 👩')  →  'a '      take('‍🚒')  →  ''      take(' b')  →  '👩‍🚒 b'
 * ```
 *
 * Ordinary letters pass at once, unless the text or `around` has accents that follow their letters.
 */
export function wholeCharacters(around = ''): TextFilter {
  let hasMarks = MARKED.test(around)
  let kept = ''

  /** How much of a text is sure to be whole */
  function lengthOfWhole(text: string): number {
    // The second half of a pair may belong to the character before it, as a tone of skin does.
    const all = /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text
    const end = all.slice(-2)
    const isOver = CLOSED.test(end) || (!hasMarks && ENDS_PLAIN.test(end))
    return isOver || end === '' ? all.length : characterStart(all, all.length - 1)
  }

  return {
    take(text) {
      const all = kept + text
      hasMarks ||= MARKED.test(all)
      const whole = lengthOfWhole(all)
      kept = all.slice(whole)
      return lineFeeds(all.slice(0, whole))
    },
    rest() {
      const all = kept
      kept = ''
      return lineFeeds(all)
    },
    ended: false,
  }
}

function lineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}
