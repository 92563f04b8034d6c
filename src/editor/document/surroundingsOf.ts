import type { TextEditor } from 'vscode'
import type { Surroundings } from '../../infill/surroundings.ts'
import type { Position, Range } from '../../infill/ranges/position.ts'
import { linesAround, type Read } from './notebook.ts'

/** What is repeated is repeated from its beginning, so that many characters are enough to tell. */
const ENOUGH = 2000

export function surroundingsOf(
  { document, options: { insertSpaces, tabSize } }: Pick<TextEditor, 'document' | 'options'>,
  { start, end }: Range,
): Surroundings {
  const { character } = start
  return {
    linePrefix: document.lineAt(start.line).text.slice(Math.max(0, character - ENOUGH), character),
    suffix: textFrom(linesAround(document), end),
    insertSpaces: typeof insertSpaces === 'boolean' ? insertSpaces : undefined,
    tabSize: typeof tabSize === 'number' ? tabSize : undefined,
  }
}

/** A line may be a megabyte long, so no line is taken whole. */
function textFrom({ lines, firstLine }: Read, { line, character }: Position): string {
  const from = firstLine + line
  let text = lines.lineAt(from).slice(character, character + ENOUGH)
  for (let next = from + 1; next < lines.lineCount && text.length < ENOUGH; next++) {
    text += `\n${lines.lineAt(next).slice(0, ENOUGH)}`
  }
  return text
}
