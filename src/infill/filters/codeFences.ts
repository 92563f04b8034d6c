import { passThrough, type Filter } from './filter.ts'
import { appendTo, segmentBuffer, type Segment } from './segment.ts'

/** Languages in which a fence is text */
const HAS_FENCES = new Set(['markdown', 'mdx', 'quarto', 'rmd', 'djot', 'prompt', 'instructions'])

/** Remarks before the code are looked for in so many UTF-16 units. */
const LONGEST = 2000
/** A longer line is code: it is neither a remark nor a fence. In UTF-16 units */
const LONG_LINE = 300

/** "```js" and "~~~": the fence, and a name without a fence in it */
const OPENING = /^[ \t]*(`{3,}|~{3,})[^`]*$/
/** "```a + b```": all on one line */
const ONE_LINE = /^([ \t]*```)([^`]+)```\s*$/
/** Whether a line may become one of the two: nothing, the beginning of a fence, or anything after it */
const MAY_OPEN = /^[ \t]*(?:`{0,2}|~{0,2}|(?:`{3}|~{3})[^\n]*)$/

/** A sentence begins with a capital letter, or one of a script without them, and its first word ends. */
const SENTENCE = /^[#>*_ \t-]*[\p{Lu}\p{Lo}][\p{L}\d'’-]*(?:$|\s|[,.!:?…，。：！*_]+(?:$|\s))/u
const MAY_BE_SENTENCE = /^[#>*_ \t-]*$/
/** The end of a line that is no sentence, such as `If x Then {` */
const CODE_END = /[;{}([=&|\\]\s*$/

export interface FenceFilter extends Filter {
  /** Whether what passes has lines of its own within a fence */
  readonly isFenced: boolean
}

/**
 * Removes the code fence around the answer of a chat model, with the remarks before it, and ends the
 * text at the closing fence. Text without a fence passes as it is: it is held back as long as its lines
 * look like sentences.
 *
 * ````
 *   Here is the code:⏎```js⏎ok⏎```⏎It returns.   →   ok, done
 *   ok⏎```                                      →   ok, done      the fence was opened by nobody
 *   Here is the code.                           →   the same
 * ````
 *
 * @param around the text around the cursor: when it has fences, or its language does, fences are text
 */
export function removeFences(around: string, language = ''): FenceFilter {
  if (HAS_FENCES.has(language) || /^[ \t]*(?:`{3}|~{3})/m.test(around)) {
    return { ...passThrough, isFenced: false }
  }
  const held = segmentBuffer()
  let phase: 'before' | 'code' | 'done' = 'before'
  let fence = '```'
  /** Where the first line begins in the held text that was not looked at */
  let line = 0
  let isFenced = false
  /** Whether the held text begins at the beginning of a line */
  let isLineStart = true

  function open(length: number, mark: string): void {
    held.drop(length)
    fence = mark
    isFenced = true
    phase = 'code'
  }

  /** Looks for the opening fence, line by line. @returns whether it is still unknown */
  function before(isEnd: boolean): boolean {
    for (;;) {
      const { text } = held
      const end = text.indexOf('\n', line)
      const isWhole = end !== -1 || isEnd
      const own = text.slice(line, end === -1 ? undefined : end).replace(/\r$/, '')
      const isLong = own.length > LONG_LINE || line > LONGEST
      const next = end === -1 ? text.length : end + 1
      if (!isWhole && !isLong && mayBeRemark(own)) return true
      const [, mark] = (isLong ? null : OPENING.exec(own)) ?? []
      const [, start = '', inner] = (isLong ? null : ONE_LINE.exec(own)) ?? []
      if (isWhole && mark !== undefined) open(next, mark)
      else if (isWhole && inner !== undefined) oneLine(line + start.length, inner.length)
      else if (isWhole && !isLong && isRemark(own) && end !== -1) {
        line = next
        continue
      } else phase = 'code'
      return false
    }
  }

  /** The code of a fence on one line ends as if the closing fence had a line of its own. */
  function oneLine(start: number, length: number): void {
    held.drop(start)
    const inner = held.take(length)
    held.clear()
    held.append(inner)
    held.append([{ text: `\n${fence}\n`, token: null }])
    phase = 'code'
  }

  /** The text before a line that may be the closing fence, with the line break before that line */
  function code(isEnd: boolean): Segment[] {
    const out: Segment[] = []
    for (;;) {
      const { text } = held
      const start = isLineStart ? 0 : text.indexOf('\n') + 1
      const end = !isLineStart && start === 0 ? -1 : text.indexOf('\n', start)
      const own =
        !isLineStart && start === 0 ? null : text.slice(start, end === -1 ? undefined : end)
      const isWhole = end !== -1 || isEnd
      if (own !== null && (isWhole ? closes(own, fence) : mayClose(own, fence))) {
        appendTo(out, held.take(start === 0 ? 0 : breakAt(text, start - 1)))
        if (!isWhole) return out
        held.clear()
        phase = 'done'
        return out
      }
      const lineEnd = end === -1 ? text.length : end
      appendTo(out, held.take(isEnd && end === -1 ? lineEnd : breakAt(text, lineEnd)))
      // An empty text is still at the beginning of its line.
      if (text !== '') isLineStart = false
      if (end === -1) return out
    }
  }

  function pass(isEnd: boolean): Segment[] {
    if (phase === 'before' && before(isEnd)) return []
    return code(isEnd)
  }

  return {
    push(segments) {
      if (phase === 'done') return []
      held.append(segments)
      return pass(false)
    },
    flush: () => (phase === 'done' ? [] : pass(true)),
    get isFenced() {
      return isFenced
    },
    get done() {
      return phase === 'done'
    },
  }
}

/** Where the line break begins that has its LF at `at`, or may get it there */
function breakAt(text: string, at: number): number {
  return text.charAt(at - 1) === '\r' ? at - 1 : at
}

function isRemark(line: string): boolean {
  return /^[ \t]*$/.test(line) || (SENTENCE.test(line) && !CODE_END.test(line))
}

/** Whether an unfinished line may become a remark, or the opening fence */
function mayBeRemark(line: string): boolean {
  return MAY_BE_SENTENCE.test(line) || SENTENCE.test(line) || MAY_OPEN.test(line)
}

function closes(line: string, fence: string): boolean {
  const mark = line.length > LONG_LINE ? '' : line.trim()
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length)
}

function mayClose(line: string, fence: string): boolean {
  const mark = line.trim()
  return line.length <= LONG_LINE && mark === fence.charAt(0).repeat(mark.length)
}
