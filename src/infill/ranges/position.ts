/**
 * A position in a text, counted as in VS Code: lines from 0, characters in UTF-16 units from 0. Plain
 * objects, so that this code is testable without VS Code; a `vscode.Position` is one.
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
  /** The replaced range, in the text before the change */
  readonly range: Range
  readonly text: string
}

/** Negative when `a` comes before `b` */
export function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character
}

/** The end of `text` when it starts at `start`. */
export function advance(start: Position, text: string): Position {
  const lines = text.split(/\r\n|\r|\n/)
  const last = lines.at(-1) ?? ''
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length }
}

/** The position after a change that ends before or at it. */
export function shift(position: Position, { range, text }: Change): Position {
  const end = advance(range.start, text)
  return position.line === range.end.line
    ? { line: end.line, character: end.character + position.character - range.end.character }
    : { line: end.line + position.line - range.end.line, character: position.character }
}
