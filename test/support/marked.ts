import type { Position, Range } from '../../src/infill/ranges/position.ts'

/** Text without its marks, and their positions: `'foo(|)'` has a cursor, `'foo([bar])'` a selection. */
export interface Marked extends Range {
  text: string
  lines: { lineCount: number; lineAt(line: number): string }
}

export function marked(drawn: string): Marked {
  const marks = [...drawn.matchAll(/[|[\]]/g)].map(({ index }, before) => index - before)
  const text = drawn.replaceAll(/[|[\]]/g, '')
  const [start, end = start] = marks
  if (start === undefined || end === undefined || marks.length > 2) {
    throw new Error(`Expected one "|" or one pair of "[" and "]" in ${JSON.stringify(drawn)}`)
  }
  const lines = text.split('\n')
  return {
    text,
    start: positionAt(text, start),
    end: positionAt(text, end),
    lines: { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' },
  }
}

/** Returns the text with its marks, the inverse of `marked`. */
export function draw(text: string, { start, end }: Range): string {
  const [from, to] = [offsetAt(text, start), offsetAt(text, end)]
  return from === to
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
}

export function offsetAt(text: string, { line, character }: Position): number {
  const before = text.split('\n').slice(0, line)
  return before.reduce((sum, each) => sum + each.length + 1, 0) + character
}
