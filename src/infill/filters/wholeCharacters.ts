import { characterStart } from '../character.ts'
import type { Filter } from './filter.ts'
import { appendTo, replaced, segmentBuffer, type Segment } from './segment.ts'

/** Characters that nothing joins, parts of emoji excepted: punctuation, symbols, spaces, line ends */
const CLOSED = /[[\p{P}\p{S}\p{Z}\n\t]--[\p{Extended_Pictographic}\p{RI}\p{EMod}#*]]$/v

/** Characters that combining marks follow in few texts only: `e` and `◌́` */
const PLAIN = /[[\p{LC}\p{N}\p{Ideographic}\p{scx=Hira}\p{scx=Kana}가-힣#*]--\p{M}]/v
const ENDS_PLAIN = new RegExp(`${PLAIN.source}$`, 'v')
const MARKED = new RegExp(`(?:^|${PLAIN.source})[\\p{M}\u1160-\u11ff]`, 'v')

/**
 * Replaces CRLF and CR by LF and passes whole user-perceived characters only: a CR is held back until
 * it is known whether an LF follows, and a character that may continue until the next one begins.
 *
 * ```
 *   push('a 👩')  →  'a '      push('‍🚒')  →  ''      push(' b')  →  '👩‍🚒 b'
 * ```
 *
 * Plain letters pass at once, unless the text or `around` has combining marks after letters.
 */
export function wholeCharacters(around = ''): Filter {
  let hasMarks = MARKED.test(around)
  const held = segmentBuffer()

  /** The length of the part of a text that consists of whole characters */
  function lengthOfWhole(text: string): number {
    // A low surrogate may make the pair join the character before it, as a skin tone does.
    const all = endsWithHighSurrogate(text) ? text.slice(0, -1) : text
    const end = all.slice(-2)
    const isWhole = CLOSED.test(end) || (!hasMarks && ENDS_PLAIN.test(end))
    return isWhole || end === '' ? all.length : characterStart(all, all.length - 1)
  }

  /** The first `length` units of the held text with LF */
  function takeLines(length: number): Segment[] {
    const out: Segment[] = []
    let left = length
    for (;;) {
      const at = held.text.indexOf('\r')
      if (at === -1 || at >= left) break
      appendTo(out, held.take(at))
      const cr = held.take(1)
      // Of CRLF, the LF stays and keeps its own token.
      if (held.text[0] !== '\n') appendTo(out, [replaced(cr, '\n')])
      left -= at + 1
    }
    if (out.length === 0) return held.take(left)
    appendTo(out, held.take(left))
    return out
  }

  return {
    push(segments) {
      held.append(segments)
      hasMarks ||= MARKED.test(held.text)
      return takeLines(lengthOfWhole(held.text))
    },
    flush: () => takeLines(held.text.length),
    done: false,
  }
}

function endsWithHighSurrogate(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}
