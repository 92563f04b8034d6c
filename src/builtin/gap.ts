import type { Reading } from './distribution.ts'
import { longestContext, type History } from './history.ts'
import { indentationAt, isWord } from './tokens.ts'
import { endOfText, Writer, type Vocabulary } from './vocabulary.ts'

/** Tokens of the suffix that are compared; more would not make a meeting place surer. */
const headLength = 8
/** How far ahead of a place the suffix may begin, in tokens: within a statement, and after its end. */
const horizon = 100
const nearHorizon = 60
/** What each token of the suffix that is ahead is worth: one statement is missing more often than several. */
const worth = 4
const worthAfterEnd = 0.2
const mostMeetings = 2000

/** The text before and after a completion, also as tokens. */
export interface Gap {
  readonly prompt: string
  readonly promptIds: readonly number[]
  readonly suffix: string
  readonly suffixIds: readonly number[]
  /** The unfinished word or line end before the caret, which the first token takes up. */
  readonly fragment: string
  /** The rest of the word that the caret is in. */
  readonly rest: string
  /** One level of indentation. */
  readonly unit: string | undefined
}

/**
 * Reads places in the history for a gap: where the suffix begins there, or a statement is over, the
 * completion ends; and places that lead to the suffix count for more.
 */
export class Steering {
  readonly #vocabulary: Vocabulary
  readonly writer: Writer
  readonly #steps: ReadonlyMap<number, number>
  readonly #head: Head
  readonly #meetings: ReadonlyMap<History, Int32Array>
  readonly #startsLine: boolean
  /** Brackets that the completion may close without having opened them. */
  readonly #mayClose: number
  /** The indentation of the line in which it begins. */
  #start: string
  #depth = 0
  #hasText = false
  #count = 0

  constructor(vocabulary: Vocabulary, gap: Gap, caches: readonly History[]) {
    const { promptIds } = gap
    const suffixIds = gap.suffixIds.filter((id) => vocabulary.unit(id) === undefined)
    this.#vocabulary = vocabulary
    this.#start = indentationAt(gap.prompt)
    const before = gap.prompt.slice(0, gap.prompt.length - gap.fragment.length)
    this.writer = new Writer(vocabulary, indentationAt(before), gap.unit)
    this.#startsLine = /(^|\n)[^\S\n]*$/.test(gap.prompt)
    this.#steps = bracketSteps(vocabulary)
    this.#head = headOf(vocabulary, suffixIds)
    this.#meetings = new Map(caches.map((cache) => [cache, this.#meetingsIn(cache)]))
    const { opened } = unmatched(promptIds, this.#steps)
    this.#mayClose = Math.max(0, opened - unmatched(suffixIds, this.#steps).closed)
  }

  /** The text of the next token. */
  write(token: number): string {
    const text = this.writer.write(token)
    if (this.#startsLine && !this.#hasText && text.startsWith('\n'))
      this.#start = this.writer.indentation
    this.#depth += this.#steps.get(token) ?? 0
    this.#hasText ||= text.trim() !== ''
    this.#count++
    return text
  }

  readonly read: Reading = (history, position) => {
    const at = position + 1
    const token = history.tokens[at] ?? endOfText
    // As in the file on disk of this very document: there the suffix follows at once.
    if (this.#count < headLength && this.#meeting(history, at - this.#count) > 0) return undefined
    const met = this.#depth <= 0 && this.#hasText ? this.#meeting(history, at) : 0
    if (met > 0) return { token: endOfText, weight: 1 + met }
    const isOver = this.#hasText && this.#isOver(history, at)
    const ahead = this.#ahead(history, at, isOver ? nearHorizon : horizon)
    if (ahead === 0) return { token: isOver ? endOfText : token, weight: 1 }
    return { token, weight: 1 + (isOver ? worthAfterEnd : worth) * ahead }
  }

  /** How many tokens of the suffix are found from a place on; 0 if too few for a meeting. */
  #meeting(history: History, at: number): number {
    const { tokens } = history
    const head = this.#head
    let place = at
    if (head.onNextLine) {
      while (!this.#vocabulary.isLineEnd(tokens[place] ?? 0)) {
        if (!this.#vocabulary.isBlank(tokens[place++] ?? 0)) return 0
      }
    }
    if (!head.startsBlank && tokens[place] !== head.tokens[0]) return 0
    const met = this.#matched(history, place)
    return met >= head.needed ? met : 0
  }

  /** How many tokens of the suffix follow one another from a place on, whatever the white space. */
  #matched({ tokens, length }: History, at: number): number {
    const head = this.#head
    let met = 0
    let place = at
    for (; place < length && met < head.tokens.length; place++) {
      const token = tokens[place] ?? 0
      if (token === head.tokens[met]) met++
      else if (!this.#vocabulary.isBlank(token)) break
    }
    return met
  }

  /** Where the suffix begins in a history, for a suffix that does not begin like any other text. */
  #meetingsIn(history: History): Int32Array {
    const { raw } = this.#head
    const found: number[] = []
    const chain = raw.length >= 6 ? 2 : raw.length >= 3 ? 1 : 0
    history.places(
      raw,
      raw.length,
      chain,
      (position, length) => {
        if (length >= raw.length) found.push(position - raw.length + 1)
      },
      mostMeetings,
    )
    return Int32Array.from(found).toSorted()
  }

  /** How much of the suffix is found within the horizon after a place, in the same text. */
  #ahead(history: History, at: number, within: number): number {
    const meetings = this.#meetings.get(history) ?? []
    let low = 0
    let high = meetings.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((meetings[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    const next = meetings[low] ?? Infinity
    if (next - at > within || history.tokens.subarray(at, next).includes(endOfText)) return 0
    return this.#matched(history, next)
  }

  /** Whether the statement or block is over, so that the token at this place belongs to it no more. */
  #isOver({ tokens }: History, at: number): boolean {
    const token = tokens[at] ?? endOfText
    const mayClose = this.#depth > -this.#mayClose
    if (this.#steps.get(token) === -1) return !mayClose
    if (!this.#vocabulary.isLineEnd(token) || this.#depth > 0) return false
    const text = this.writer.text(token)
    const indentation = text.replaceAll('\n', '').length
    if (indentation > this.#start.length) return false
    const hasSuffix = this.#head.tokens.length > 0
    if (hasSuffix && !this.#head.onNextLine) return true
    if (this.#steps.get(tokens[at + 1] ?? 0) === -1 && mayClose) return false
    // At the start of a line the lines of a block belong together; else one statement is enough.
    const closes = this.#steps.get(this.#head.tokens[0] ?? endOfText) === -1
    if (!this.#startsLine || (hasSuffix && !closes)) return true
    return indentation < this.#start.length || text.startsWith('\n\n')
  }
}

/** The start of a suffix. */
interface Head {
  /** Its first tokens that are no white space. */
  readonly tokens: readonly number[]
  /** As many of them must be found. */
  readonly needed: number
  /** Those with the white space between them, if they are distinctive. */
  readonly raw: readonly number[]
  readonly startsBlank: boolean
  /** Whether the line of the caret ends at the caret. */
  readonly onNextLine: boolean
}

function headOf(vocabulary: Vocabulary, suffix: readonly number[]): Head {
  const start = suffix.findIndex((id) => !vocabulary.isBlank(id))
  const found = start === -1 ? [] : suffix.slice(start)
  const tokens = found.filter((id) => !vocabulary.isBlank(id)).slice(0, headLength)
  const lineEnd = found.findIndex((id) => vocabulary.isLineEnd(id))
  const line = (lineEnd === -1 ? found : found.slice(0, lineEnd)).filter(
    (id) => !vocabulary.isBlank(id),
  )
  const onNextLine = suffix.slice(0, Math.max(0, start)).some((id) => vocabulary.isLineEnd(id))
  // In the line of the caret, what closes or separates says enough by itself.
  const isEnough = !onNextLine && /^[)\]},;:]$/.test(vocabulary.text(line[0] ?? 0, ''))
  const needed = Math.max(1, isEnough ? 1 : Math.min(3, line.length))
  const raw = found.slice(0, found.indexOf(tokens[needed - 1] ?? -1) + 1).slice(0, longestContext)
  const isDistinctive = needed > 1 || isWord(vocabulary.text(line[0] ?? 0, ''))
  return { tokens, needed, raw: isDistinctive ? raw : [], startsBlank: start > 0, onNextLine }
}

function bracketSteps(vocabulary: Vocabulary): Map<number, 1 | -1> {
  return new Map([
    ...vocabulary.encode('([{').map((id) => [id, 1] as const),
    ...vocabulary.encode(')]}').map((id) => [id, -1] as const),
  ])
}

/** The brackets that a text opens for others to close, and closes for others that opened them. */
function unmatched(
  ids: readonly number[],
  steps: ReadonlyMap<number, number>,
): { opened: number; closed: number } {
  let opened = 0
  let closed = 0
  for (const id of ids) {
    const step = steps.get(id) ?? 0
    if (step < 0 && opened === 0) closed++
    else opened += step
  }
  return { opened, closed }
}
