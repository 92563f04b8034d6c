import { passThrough, type Filter } from './filter.ts'
import { appendTo, segmentBuffer, type Segment } from './segment.ts'

/** Text that is indented further is not compared. In UTF-16 units */
const FAR = 200
/** Shorter ends of a line may well be followed by the same text, such as `})`. In UTF-16 units */
const SHORT = 4

/**
 * Removes the line before the cursor from the beginning of a text: chat models like to begin with the
 * whole line, or with its indentation. Other text that is a block begins on a line of its own.
 *
 * ```
 *   const x = ␣   +   const x = 5           →   5
 *   ␣␣␣␣          +   ␣␣␣␣return 5          →   return 5
 *   foo(a,        +   b)                    →   b)
 *   if (a) {      +   ␣␣return 5 (block)    →   ⏎␣␣return 5
 * ```
 *
 * @param prompt the text before the cursor
 * @param isBlock whether the text that is pushed is the content of a code fence, which cannot begin with
 *   the end of a line
 */
export function removeRepeatedLine(prompt: string, isBlock: () => boolean = () => false): Filter {
  const line = prompt.slice(prompt.lastIndexOf('\n') + 1)
  if (line === '') return passThrough
  const words = line.trim()
  const isBlank = words === ''
  const wanted = isBlank ? line : words
  const isCompared = isBlank || (words.length >= SHORT && /[\p{L}\p{N}]/u.test(words))
  const endsInSpace = /\s$/.test(line)
  const held = segmentBuffer()
  let phase: 'comparing' | 'space' | 'start' | 'passing' = isCompared ? 'comparing' : 'start'

  function rest(): Segment[] {
    return held.take(held.text.length)
  }

  function compare(): void {
    const { text } = held
    // The indentation of the line counts only where it is all that there is.
    const from = isBlank ? 0 : text.search(/[^ \t]|$/)
    const own = text.slice(from, from + wanted.length)
    if (from > FAR) phase = 'passing'
    else if (!wanted.startsWith(own)) phase = 'start'
    else if (own.length === wanted.length) {
      held.drop(from + wanted.length)
      phase = endsInSpace && !isBlank ? 'space' : 'passing'
    }
  }

  function pass(): Segment[] {
    if (phase === 'comparing') compare()
    if (phase === 'space') {
      held.drop(held.text.search(/[^ \t]|$/))
      if (held.text !== '') phase = 'passing'
    }
    const out: Segment[] = []
    if (phase === 'start') {
      const { text } = held
      if (text === '' || text === ' ') return out
      if (!endsInSpace && /^(\t| {2})/.test(text) && isBlock()) {
        appendTo(out, [{ text: '\n', token: null }])
      }
      phase = 'passing'
    }
    if (phase === 'passing') appendTo(out, rest())
    return out
  }

  return {
    push(segments) {
      if (phase === 'passing') return [...segments]
      held.append(segments)
      return pass()
    },
    flush: rest,
    done: false,
  }
}
