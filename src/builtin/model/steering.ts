import type { History } from './history.ts'
import type { FollowerReader } from './predict.ts'
import { indentationAt } from './tokens.ts'
import { END_OF_TEXT, type TokenDecoder, type Vocabulary } from './vocabulary.ts'

/** A position counts more if the suffix occurs within this many tokens after it: */
const SUFFIX_HORIZON = 100
/** its weight within a statement… */
const SUFFIX_WEIGHT = 12
/** …and at the end of a statement. Lower, because one statement is missing more often than several. */
const SUFFIX_WEIGHT_AFTER_END = 0.4
/** Up to this many written tokens, an occurrence of the suffix may be the document's own copy on disk. */
const OWN_COPY_TOKENS = 8

/** The text before and after a completion, also as token ids */
export interface Gap {
  readonly prompt: string
  readonly promptIds: readonly number[]
  readonly suffix: string
  readonly suffixIds: readonly number[]
}

/**
 * Adapts the history to a gap. Where the suffix begins in the history, or a statement ends there, the
 * completion ends. Positions that lead to the suffix count more than others.
 * @param decoder the decoder of the completion, for the indentation of its current line
 * @returns for the tokens written so far, how to read followers from the history
 */
export function steering(
  vocabulary: Vocabulary,
  { prompt, promptIds, suffix, suffixIds }: Gap,
  decoder: TokenDecoder,
): (written: readonly number[]) => FollowerReader {
  const kind = (id = END_OF_TEXT): string => vocabulary.kind(id)
  const depthChange = (id: number): number => ({ opens: 1, closes: -1 })[kind(id)] ?? 0
  const { words, onNextLine } = suffixStartOf(vocabulary, suffix)
  const startsLine = /(^|\n)[^\S\n]*$/.test(prompt)
  /** Indentation of the line in which the completion begins */
  let start = indentationAt(prompt)
  // The number of brackets that the completion may close without having opened them.
  const opened = promptIds.reduce((open, id) => Math.max(0, open + depthChange(id)), 0)
  const closed = suffixIds.reduceRight((close, id) => Math.max(0, close - depthChange(id)), 0)
  const mayClose = Math.max(0, opened - closed)

  /** Whether the suffix begins at a position, ignoring white space before it */
  function isSuffixAt(
    { tokens, length }: History,
    position: number,
    needsLineBreak = onNextLine,
  ): boolean {
    let [found, hasLineBreak] = [0, false]
    for (let at = position; at < length && found < words.length; at++) {
      const token = tokens[at] ?? END_OF_TEXT
      if (token === words[found]) found++
      else if (kind(token) === 'line break') hasLineBreak ||= found === 0
      else if (kind(token) !== 'white space') return false
    }
    return found > 0 && found === words.length && (hasLineBreak || !needsLineBreak)
  }

  function leadsToSuffix(history: History, position: number): boolean {
    const end = Math.min(history.length, position + SUFFIX_HORIZON)
    for (let at = position; at < end && history.tokens[at] !== END_OF_TEXT; at++) {
      if (history.tokens[at] === words[0] && isSuffixAt(history, at, false)) return true
    }
    return false
  }

  /** Whether the statement or block ends before the token at this position */
  function isStatementEnd({ tokens }: History, at: number, depth: number): boolean {
    const token = tokens[at] ?? END_OF_TEXT
    if (kind(token) === 'closes') return depth <= -mayClose
    if (kind(token) !== 'line break' || depth > 0) return false
    const text = decoder.text(token)
    const indentation = indentationAt(text).length
    if (indentation > start.length) return false
    if (words.length > 0 && !onNextLine) return true
    if (kind(tokens[at + 1]) === 'closes' && depth > -mayClose) return false
    // At the start of a line the completion is a whole block. Elsewhere it is one statement.
    const isInBlock = words.length === 0 || kind(words[0]) === 'closes'
    return !startsLine || !isInBlock || indentation < start.length || text.startsWith('\n\n')
  }

  return (written) => {
    const hasText = written.some((id) => !['white space', 'line break'].includes(kind(id)))
    if (!hasText && startsLine) start = decoder.indentation
    const depth = written.reduce((sum, id) => sum + depthChange(id), 0)
    return (history, position) => {
      const at = position + 1
      // The file on disk of this very document, in which the suffix follows the prompt directly.
      const isOwnCopy = written.length < OWN_COPY_TOKENS && isSuffixAt(history, at - written.length)
      if (isOwnCopy) return undefined
      const reachesSuffix = hasText && depth <= 0 && isSuffixAt(history, at)
      if (reachesSuffix) return { token: END_OF_TEXT, weight: SUFFIX_WEIGHT }
      const isAfterEnd = hasText && isStatementEnd(history, at, depth)
      const leads = leadsToSuffix(history, at)
      if (isAfterEnd && !leads) return { token: END_OF_TEXT, weight: 1 }
      const weight = leads ? (isAfterEnd ? SUFFIX_WEIGHT_AFTER_END : SUFFIX_WEIGHT) : 1
      return { token: history.tokens[at] ?? END_OF_TEXT, weight }
    }
  }
}

/** The start of a suffix */
interface SuffixStart {
  /** Its first tokens without white space: enough to recognize it */
  readonly words: readonly number[]
  /** Whether nothing but white space follows the cursor in its line */
  readonly onNextLine: boolean
}

function suffixStartOf(vocabulary: Vocabulary, suffix: string): SuffixStart {
  const [, newLine, line = ''] = /^(\s*\n)?\s*(.*)/.exec(suffix) ?? []
  const onNextLine = newLine !== undefined
  // In the line of the cursor, a closing bracket or separator is enough.
  const enough = !onNextLine && /^[)\]},;:]/.test(line) ? 1 : 3
  const ids = vocabulary.encode(line).filter((id) => vocabulary.kind(id) !== 'white space')
  return { words: ids.slice(0, enough), onNextLine }
}
