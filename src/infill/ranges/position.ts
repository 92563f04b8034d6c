/**
 * Places in a text, counted as VS Code does: lines from 0, characters in UTF-16 units from 0. Plain
 * objects, so that what moves them can be tested without VS Code; a `vscode.Position` is one.
 */
export interface Position {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Position
  readonly end: Position
}

export interface Change {
  /** What was replaced, in the text as it was before */
  readonly range: Range
  readonly text: string
}

/** Negative when `a` comes before `b` */
export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character
}

/** Where `text` ends when it begins at `start`. */
export function advance(start: Position, text: string): Position {
  const lines = text.split(/\r\n|\r|\n/)
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length }
}

/** Where a position that is not before the end of the change's range is after the change. */
export function shift(position: Position, { range, text }: Change): Position {
  const end = advance(range.start, text)
  return position.line === range.end.line
    ? { line: end.line, character: end.character + position.character - range.end.character }
    : { line: end.line + position.line - range.end.line, character: position.character }
}
