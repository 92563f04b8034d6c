import type { Filter } from './filter.ts'
import { segmentBuffer } from './segment.ts'

/** How reasoning models mark their thoughts, in the text of a completion: what begins and ends them */
const MARKS: readonly (readonly [begin: string, end: string])[] = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'seed:think'].map(
    (name) => [`<${name}>`, `</${name}>`] as const,
  ),
  ['[THINK]', '[/THINK]'],
  ['◁think▷', '◁/think▷'],
  ['<|begin_of_thought|>', '<|end_of_thought|>'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
  ['<|channel|>analysis<|message|>', '<|channel|>final<|message|>'],
]

/** Languages in which `<think>` may be an element */
const HAS_ELEMENTS = new Set([
  'astro',
  'handlebars',
  'html',
  'javascriptreact',
  'svelte',
  'typescriptreact',
  'vue',
  'xml',
  'xsl',
])

/**
 * Removes the thoughts at the beginning of a completion, with the white space around them. Thoughts
 * that do not end are removed as well.
 *
 * ```
 *   <think>⏎It ends …⏎</think>⏎⏎ok   →   ok
 *   </think>⏎⏎ok                     →   ok      the template has begun the thoughts
 * ```
 *
 * @param around the text around the cursor: marks that it contains are text
 */
export function removeThoughts(around: string, language = ''): Filter {
  const marks = MARKS.filter((pair) => !pair.some((mark) => around.includes(mark)))
  const held = segmentBuffer()
  let end = ''
  let phase: 'start' | 'thinking' | 'after' | 'text' = marks.length === 0 ? 'text' : 'start'

  /** Whether the held text may still become the beginning of thoughts */
  function begin(): 'maybe' | 'yes' | 'no' {
    const text = held.text.trimStart()
    const found = marks.find(([mark]) => text.startsWith(mark))
    if (found !== undefined) {
      // In a document of elements, thoughts begin on a line of their own.
      const next = text.charAt(found[0].length)
      if (HAS_ELEMENTS.has(language) && next === '') return 'maybe'
      if (HAS_ELEMENTS.has(language) && next !== '\n' && next !== '\r') return 'no'
      end = found[1]
      held.drop(held.text.length - text.length + found[0].length)
      return 'yes'
    }
    const closing = marks.find(([, mark]) => text.startsWith(mark))
    if (closing !== undefined && !HAS_ELEMENTS.has(language)) {
      end = closing[1]
      return 'yes'
    }
    return marks.some((pair) => pair.some((mark) => mark.startsWith(text))) ? 'maybe' : 'no'
  }

  return {
    push(segments) {
      if (phase === 'text') return [...segments]
      held.append(segments)
      if (phase === 'start') {
        const found = begin()
        if (found === 'maybe') return []
        phase = found === 'yes' ? 'thinking' : 'text'
      }
      if (phase === 'thinking') {
        const at = held.text.indexOf(end)
        if (at === -1) {
          held.drop(Math.max(0, held.text.length - end.length + 1))
          return []
        }
        held.drop(at + end.length)
        phase = 'after'
      }
      if (phase === 'after') {
        held.drop(held.text.length - held.text.trimStart().length)
        if (held.text === '') return []
        phase = 'text'
      }
      return held.take(held.text.length)
    },
    flush() {
      if (phase === 'thinking') held.clear()
      return held.take(held.text.length)
    },
    done: false,
  }
}
