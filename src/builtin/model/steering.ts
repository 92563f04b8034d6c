import type { History } from './history.ts'
import type { Reading } from './predict.ts'
import { indentationAt } from './tokens.ts'
import { endOfText, type Vocabulary, type Writer } from './vocabulary.ts'

/** A place from which the suffix is found within so many tokens counts this many times… */
const horizon = 100
const worth = 12
/** …and this many times where a statement is over: one is missing more often than several. */
const worthAfterEnd = 0.4
/** Tokens that were written after which a place is no more thought to be the caret's own. */
const ownPlace = 8

/** The text before and after a completion, also as tokens. */
export interface Gap {
  readonly prompt: string
  readonly promptIds: readonly number[]
  readonly suffix: string
  readonly suffixIds: readonly number[]
}

/**
 * Reads places in the history for a gap: where the suffix begins there, or a statement is over, the
 * completion ends; and places that lead to the suffix count for more.
 * @returns how to read after some tokens were written
 */
export function steering(
  vocabulary: Vocabulary,
  { prompt, promptIds, suffix, suffixIds }: Gap,
  writer: Writer,
): (written: readonly number[]) => Reading {
  const kind = (id = endOfText): string => vocabulary.kind(id)
  const step = (id: number): number => ({ opens: 1, closes: -1 })[kind(id)] ?? 0
  const { words, onNextLine } = headOf(vocabulary, suffix)
  const startsLine = /(^|\n)[^\S\n]*$/.test(prompt)
  /** The indentation of the line in which the completion begins. */
  let start = indentationAt(prompt)
  // Brackets that it may close without having opened them.
  const opened = promptIds.reduce((open, id) => Math.max(0, open + step(id)), 0)
  const closed = suffixIds.reduceRight((close, id) => Math.max(0, close - step(id)), 0)
  const mayClose = Math.max(0, opened - closed)

  /** Whether the suffix begins at a place, whatever the white space before it. */
  function meets({ tokens, length }: History, place: number, needsLineEnd = onNextLine): boolean {
    let [found, hasLineEnd] = [0, false]
    for (let at = place; at < length && found < words.length; at++) {
      const token = tokens[at] ?? endOfText
      if (token === words[found]) found++
      else if (kind(token) === 'line end') hasLineEnd ||= found === 0
      else if (kind(token) !== 'blank') return false
    }
    return found > 0 && found === words.length && (hasLineEnd || !needsLineEnd)
  }

  function leadsToSuffix(history: History, place: number): boolean {
    const end = Math.min(history.length, place + horizon)
    for (let at = place; at < end && history.tokens[at] !== endOfText; at++) {
      if (history.tokens[at] === words[0] && meets(history, at, false)) return true
    }
    return false
  }

  /** Whether the statement or block is over, so that the token at this place belongs to it no more. */
  function isOver({ tokens }: History, at: number, depth: number): boolean {
    const token = tokens[at] ?? endOfText
    if (kind(token) === 'closes') return depth <= -mayClose
    if (kind(token) !== 'line end' || depth > 0) return false
    const text = writer.text(token)
    const indentation = indentationAt(text).length
    if (indentation > start.length) return false
    if (words.length > 0 && !onNextLine) return true
    if (kind(tokens[at + 1]) === 'closes' && depth > -mayClose) return false
    // At the start of a line the lines of a block belong together; else one statement is enough.
    const isInBlock = words.length === 0 || kind(words[0]) === 'closes'
    return !startsLine || !isInBlock || indentation < start.length || text.startsWith('\n\n')
  }

  return (written) => {
    const hasText = written.some((id) => !['blank', 'line end'].includes(kind(id)))
    if (!hasText && startsLine) start = writer.indentation
    const depth = written.reduce((sum, id) => sum + step(id), 0)
    return (history, position) => {
      const at = position + 1
      // As in the file on disk of this very document: there the suffix follows at once.
      const isOwn = written.length < ownPlace && meets(history, at - written.length)
      if (isOwn) return undefined
      const isMet = hasText && depth <= 0 && meets(history, at)
      if (isMet) return { token: endOfText, weight: worth }
      const isAfterEnd = hasText && isOver(history, at, depth)
      const leads = leadsToSuffix(history, at)
      if (isAfterEnd && !leads) return { token: endOfText, weight: 1 }
      const weight = leads ? (isAfterEnd ? worthAfterEnd : worth) : 1
      return { token: history.tokens[at] ?? endOfText, weight }
    }
  }
}

/** How a suffix begins. */
interface Head {
  /** Its first tokens without the blanks, enough to know it by. */
  readonly words: readonly number[]
  /** Whether the line of the caret ends at the caret. */
  readonly onNextLine: boolean
}

function headOf(vocabulary: Vocabulary, suffix: string): Head {
  const [, newLine, line = ''] = /^(\s*\n)?\s*(.*)/.exec(suffix) ?? []
  const onNextLine = newLine !== undefined
  // In the line of the caret, what closes or separates says enough by itself.
  const enough = !onNextLine && /^[)\]},;:]/.test(line) ? 1 : 3
  const ids = vocabulary.encode(line).filter((id) => vocabulary.kind(id) !== 'blank')
  return { words: ids.slice(0, enough), onNextLine }
}
