import { characterEnd, characterStart } from '../character.ts'
import type { Position, Range } from '../ranges/position.ts'
import { stableStart } from './stableStart.ts'

/** A document as the window reads it: by line, so that a 20 MB file costs no more than a small one. */
export interface Lines {
  readonly lineCount: number
  /** Without its line end */
  lineAt(line: number): string
}

export interface Budget {
  /** For prompt and suffix together, in UTF-16 units */
  characters: number
  /** 0…1: the prompt's part of it. What one side does not need goes to the other. */
  prefixShare: number
}

export interface ContextWindow {
  /** What is before the caret or the selection, with LF */
  prompt: string
  /** What is after it, with LF */
  suffix: string
  /** What the document has beyond them */
  omitted: Omitted
}

/** In lines; one that is sent in part counts. */
export interface Omitted {
  before: number
  after: number
}

/**
 * What the model gets to see of the document.
 *
 * A prompt that must be cut begins at a steady line: while the user writes on, most requests begin
 * with the whole prompt of the one before, which is what a server's prefix cache wants.
 */
export function contextWindow(lines: Lines, selection: Range, budget: Budget): ContextWindow {
  const before = textBefore(lines, selection.start, budget.characters)
  const after = textAfter(lines, selection.end, budget.characters)
  const share = Math.round(budget.characters * budget.prefixShare)
  const forPrompt = Math.max(share, budget.characters - after.text.length)
  const prompt = keepEnd(before, forPrompt)
  const promptCut = before.cut || prompt.length < before.text.length
  // Not what a cut prompt leaves of its part: the suffix would change with each word of the prompt,
  // and some models have the suffix before it.
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

/** What share of its part a cut prompt may leave unused for a start that stays. */
const STEP = 1 / 3

interface Side {
  text: string
  cut: boolean
}

interface Before extends Side {
  /** The line that the text begins with */
  firstLine: number
}

/** At least `wanted` characters before the position, or all there are */
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

/** Whether the end of a text begins in the middle of a line of it */
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

/** The end of the text: from a line's start where one is near, and never half a character. */
function keepEnd({ text, firstLine }: Before, length: number): string {
  if (text.length <= length) return text
  const from = text.length - length
  const steady = stableStart(text, { firstLine, from, to: from + length * STEP })
  if (steady !== null) return text.slice(steady)
  const lineStart = text.indexOf('\n', from - 1) + 1
  if (lineStart > 0 && lineStart - from < length / 2) return text.slice(lineStart)
  return text.slice(characterEnd(text, from))
}

/** The start of the text: up to a line's end where one is near, and never half a character. */
function keepStart(text: string, length: number): string {
  if (text.length <= length) return text
  const lineEnd = text.lastIndexOf('\n', length)
  if (lineEnd > length / 2) return text.slice(0, lineEnd)
  return text.slice(0, characterStart(text, length))
}
