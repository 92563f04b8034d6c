import { Range } from 'vscode'
import type { Range as PlainRange } from '../../infill/ranges/position.ts'

/** The range of VS Code for a plain one */
export function rangeOf({ start, end }: PlainRange): Range {
  return new Range(start.line, start.character, end.line, end.character)
}
