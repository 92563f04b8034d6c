import { extentOf, type Bounds } from './extent.ts'
import { newline } from './keys.ts'
import { convertIndent, indentUnit, indentationAt, isAtLineStart, reindent } from './lines.ts'
import type { Match } from './matches.ts'
import type { Tail } from './tail.ts'
import { tokenEnd } from './tokens.ts'

export interface Continuation {
  /** What would go between prompt and suffix; not empty. */
  readonly text: string
  /** Keys of the suffix that follow it in the source as well. */
  readonly met: number
}

export interface Place {
  readonly prompt: string
  readonly suffix: string
  readonly tail: Tail
  readonly bounds: Bounds
  /** One level of indentation in the prompt, if it has any. */
  readonly unit: string | undefined
}

/** Characters before and after a match that tell the unit of its indentation. */
const unitSample = 2000

/**
 * What follows a match, made to fit between prompt and suffix: from the caret on, in the
 * indentation of the prompt, up to the suffix. Undefined if nothing is left, as in the file on
 * disk of the very document, where the suffix follows at once.
 */
export function continuationOf(match: Match, place: Place): Continuation | undefined {
  const { tail, bounds } = place
  if (tail.fragment !== '' && bounds.head.word !== '') return restOfWord(match, place)
  const start = startOf(match, tail)
  const { end, met } = extentOf(match, start, bounds)
  const found = match.source.text.slice(start, end)
  // Where the suffix follows in the same line, the white space before it belongs to the text.
  const keepsBlanks = met > 0 && !bounds.head.startsBlank
  const fitted = inPlace(keepsBlanks ? found : found.trimEnd(), match, start, place)
  const text = withoutSuffixLine(fitted, place.suffix)
  return text.trim() === '' ? undefined : { text, met }
}

/** Inside a word only the rest of that word is sure to fit. */
function restOfWord({ source, key }: Match, { tail, bounds }: Place): Continuation | undefined {
  const start = source.keys.starts[key + 1] ?? source.text.length
  const word = source.text.slice(start, tokenEnd(source.text, start))
  const { fragment } = tail
  const rest = bounds.head.word
  if (!word.endsWith(rest) || word.length <= fragment.length + rest.length) return undefined
  return { text: word.slice(fragment.length, word.length - rest.length), met: 1 }
}

/** Where the continuation starts in the source: after what is typed already. */
function startOf({ source, key }: Match, tail: Tail): number {
  const { text, keys } = source
  const next = keys.starts[key + 1] ?? text.length
  if (tail.fragment !== '') return next + tail.fragment.length
  // White space before the caret stands for whatever white space is there in the source.
  if (tail.blanks !== '' || keys.hashes[key] === newline) return next
  return tokenEnd(text, keys.starts[key] ?? 0)
}

/** Gives the lines of the source the indentation that they have in the prompt. */
function inPlace(found: string, { source }: Match, start: number, { prompt, unit }: Place): string {
  const around = source.text.slice(Math.max(0, start - unitSample), start + unitSample)
  const there = indentUnit(around) ?? unit
  const convert = (text: string) => convertIndent(text, there ?? '', unit ?? there ?? '')
  const from = convert(indentationAt(source.text, start))
  const typed = indentationAt(prompt, prompt.length)
  // The rest of a line starts with no indentation, so it can be converted as a whole.
  const text = found.replace(/\n[^]*/, convert)
  const startsLine = isAtLineStart(prompt, prompt.length) && isAtLineStart(source.text, start)
  if (typed !== '' || !startsLine) return reindent(text, from, typed)
  // Nothing is typed in this line yet, so the line before tells how far the source is moved.
  const above = convert(indentationAt(source.text, source.text.slice(0, start).trimEnd().length))
  const aboveHere = indentationAt(prompt, prompt.trimEnd().length)
  const to = reindent(`\n${from}.`, above, aboveHere).slice(1, -1)
  return to + reindent(text, from, to)
}

/** The last guard of "never repeats the suffix's beginning", where brackets in strings misled. */
function withoutSuffixLine(text: string, suffix: string): string {
  const line = suffix.trimStart().split('\n', 1)[0]?.trimEnd() ?? ''
  const kept = text.trimEnd()
  if (!/\w/.test(line) || !kept.endsWith(line)) return text
  const before = kept.slice(0, kept.length - line.length)
  // In the middle of a longer word it is another word.
  if (/\w$/.test(before) && /^\w/.test(line)) return text
  return /^\s/.test(suffix) ? before.trimEnd() : before
}
