import type { Position, Range } from './position.ts'

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
  /** Whether the document has more before the prompt */
  promptCut: boolean
  suffixCut: boolean
}

/** What the model gets to see of the document. */
export function contextWindow(lines: Lines, selection: Range, budget: Budget): ContextWindow {
  const before = textBefore(lines, selection.start, budget.characters)
  const after = textAfter(lines, selection.end, budget.characters)
  const share = Math.round(budget.characters * budget.prefixShare)
  const forPrompt = Math.max(share, budget.characters - after.text.length)
  const prompt = keepEnd(before.text, forPrompt)
  const suffix = keepStart(after.text, Math.max(0, budget.characters - prompt.length))
  return {
    prompt,
    suffix,
    promptCut: before.cut || prompt.length < before.text.length,
    suffixCut: after.cut || suffix.length < after.text.length,
  }
}

interface Side {
  text: string
  cut: boolean
}

/** At least `wanted` characters before the position, or all there are */
function textBefore(lines: Lines, { line, character }: Position, wanted: number): Side {
  const read = [lines.lineAt(line).slice(0, character)]
  let length = character
  let next = line - 1
  for (; next >= 0 && length < wanted; next--) {
    const text = lines.lineAt(next)
    read.push(text)
    length += text.length + 1
  }
  return { text: read.toReversed().join('\n'), cut: next >= 0 }
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
function keepEnd(text: string, length: number): string {
  if (text.length <= length) return text
  const from = text.length - length
  const lineStart = text.indexOf('\n', from - 1) + 1
  if (lineStart > 0 && lineStart - from < length / 2) return text.slice(lineStart)
  return text.slice(isLowSurrogate(text, from) ? from + 1 : from)
}

/** The start of the text: up to a line's end where one is near, and never half a character. */
function keepStart(text: string, length: number): string {
  if (text.length <= length) return text
  const lineEnd = text.lastIndexOf('\n', length)
  if (lineEnd > length / 2) return text.slice(0, lineEnd)
  return text.slice(0, isLowSurrogate(text, length) ? length - 1 : length)
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index)
  return unit >= 0xdc00 && unit <= 0xdfff
}
