import { characterEnd, characterStart } from '../character.ts'
import type { Position, Range } from '../ranges/position.ts'
import { stableStart } from './stableStart.ts'

/** A document that is read line by line, so that a 20 MB file costs no more than a small one */
export interface Lines {
  readonly lineCount: number
  /** The text of a line without its line end */
  lineAt(line: number): string
}

export interface Budget {
  /** Maximum length of prompt and suffix together, in UTF-16 units */
  characters: number
  /** 0…1: share of the prompt. Unused space of one side goes to the other. */
  prefixShare: number
}

export interface ContextWindow {
  /** Text before the cursor or the selection, with LF */
  prompt: string
  /** Text after it, with LF */
  suffix: string
  /** What is left out of the document */
  omitted: Omitted
}

/** Numbers of lines; a line that is sent in part counts. */
export interface Omitted {
  before: number
  after: number
}

/**
 * The part of a document that is sent to the model.
 *
 * A prompt that must be cut begins at a stable start. While the user continues to write, consecutive
 * prompts share their beginning, which a server's prefix cache reuses.
 */
export function contextWindow(lines: Lines, selection: Range, budget: Budget): ContextWindow {
  const before = textBefore(lines, selection.start, budget.characters)
  const after = textAfter(lines, selection.end, budget.characters)
  const share = Math.round(budget.characters * budget.prefixShare)
  const forPrompt = Math.max(share, budget.characters - after.text.length)
  const prompt = keepEnd(before, forPrompt)
  const promptCut = before.cut || prompt.length < before.text.length
  // Space that a cut prompt leaves is not given to the suffix: the suffix would change with each word
  // of the prompt, and some templates send the suffix first.
  const forSuffix = budget.characters - (promptCut ? forPrompt : prompt.length)
  const suffix = keepStart(after.text, Math.max(0, forSuffix))
  const omitted = {
    before: selection.start.line - breaksIn(prompt) + (isWithinLine(before.text, prompt) ? 1 : 0),
    after:
      lines.lineCount -
      1 -
      selection.end.line -
      breaksIn(suffix) +
      (['\n', undefined].includes(after.text[suffix.length]) ? 0 : 1),
  }
  return { prompt, suffix, omitted }
}

/** The share of its space that a cut prompt may leave unused for a stable start */
const STEP = 1 / 3

interface Side {
  text: string
  cut: boolean
}

interface Before extends Side {
  /** Number of the line that the text begins with, from 0 */
  firstLine: number
}

/** At least `wanted` UTF-16 units before the position, or all text before it */
function textBefore(lines: Lines, { line, character }: Position, wanted: number): Before {
  const read = [lines.lineAt(line).slice(0, character)]
  let length = character
  let next = line - 1
  for (; next >= 0 && length < wanted; next--) {
    const text = lines.lineAt(next)
    read.push(text)
    length += text.length + 1
  }
  return { text: read.toReversed().join('\n'), cut: next >= 0, firstLine: next + 1 }
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1
}

/** Whether `end`, the end of `text`, begins in the middle of a line */
function isWithinLine(text: string, end: string): boolean {
  const from = text.length - end.length
  return from > 0 && text[from - 1] !== '\n'
}

function textAfter(lines: Lines, { line, character }: Position, wanted: number): Side {
  const read = [lines.lineAt(line).slice(character)]
  let length = read[0]?.length ?? 0
  let next = line + 1
  for (; next < lines.lineCount && length < wanted; next++) {
    const text = lines.lineAt(next)
    read.push(text)
    length += text.length + 1
  }
  return { text: read.join('\n'), cut: next < lines.lineCount }
}

/** The end of the text, from a line's start if one is near. Does not cut a character. */
function keepEnd({ text, firstLine }: Before, length: number): string {
  if (text.length <= length) return text
  const from = text.length - length
  const start = stableStart(text, { firstLine, from, to: from + length * STEP })
  if (start !== null) return text.slice(start)
  const lineStart = text.indexOf('\n', from - 1) + 1
  if (lineStart > 0 && lineStart - from < length / 2) return text.slice(lineStart)
  return text.slice(characterEnd(text, from))
}

/** The start of the text, up to a line's end if one is near. Does not cut a character. */
function keepStart(text: string, length: number): string {
  if (text.length <= length) return text
  const lineEnd = text.lastIndexOf('\n', length)
  if (lineEnd > length / 2) return text.slice(0, lineEnd)
  return text.slice(0, characterStart(text, length))
}
