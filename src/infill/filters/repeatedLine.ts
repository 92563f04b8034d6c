import { passThrough, type Filter } from './filter.ts'
import { segmentBuffer, type Segment } from './segment.ts'

/** Text that is indented further is not compared. In UTF-16 units */
const FAR = 200
/** Shorter ends of a line may well be followed by the same text, such as `})`. In UTF-16 units */
const SHORT = 4

/**
 * Removes the line before the cursor from the beginning of a text: chat models like to begin with the
 * whole line, or with its indentation.
 *
 * ```
 *   const x = ␣   +   const x = 5     →   5
 *   ␣␣␣␣          +   ␣␣␣␣return 5    →   return 5
 *   foo(a,        +   b)              →   b)
 * ```
 *
 * @param prompt the text before the cursor
 */
export function removeRepeatedLine(prompt: string): Filter {
  const line = prompt.slice(prompt.lastIndexOf('\n') + 1)
  const words = line.trim()
  const isBlank = words === ''
  const wanted = isBlank ? line : words
  if (isBlank ? line === '' : words.length < SHORT || !/[\p{L}\p{N}]/u.test(words)) {
    return passThrough
  }
  const dropsSpace = !isBlank && /\s$/.test(line)
  const held = segmentBuffer()
  let phase: 'comparing' | 'space' | 'passing' = 'comparing'

  function rest(): Segment[] {
    return held.take(held.text.length)
  }

  function pass(): Segment[] {
    if (phase === 'comparing') {
      const { text } = held
      // The indentation of the line counts only where it is all that there is.
      const from = isBlank ? 0 : text.search(/[^ \t]|$/)
      const own = text.slice(from, from + wanted.length)
      if (from > FAR || !wanted.startsWith(own)) phase = 'passing'
      else if (own.length < wanted.length) return []
      else {
        held.drop(from + wanted.length)
        phase = dropsSpace ? 'space' : 'passing'
      }
    }
    if (phase === 'space') {
      held.drop(held.text.search(/[^ \t]|$/))
      if (held.text === '') return []
      phase = 'passing'
    }
    return rest()
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
