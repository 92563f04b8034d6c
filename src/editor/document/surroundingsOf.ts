import type { TextEditor } from 'vscode'
import type { Surroundings } from '../../infill/surroundings.ts'
import type { Position, Range } from '../../infill/ranges/position.ts'
import { linesAround, type Read } from './notebook.ts'

/** How much is read on each side, in UTF-16 units: enough to match brackets of the code around */
const ENOUGH = 10_000
/** … and of one line before the cursor */
const ENOUGH_OF_LINE = 2000

export function surroundingsOf(
  { document, options: { insertSpaces, tabSize } }: Pick<TextEditor, 'document' | 'options'>,
  { start, end }: Range,
): Surroundings {
  const around = linesAround(document)
  const before = textTo(around, start)
  return {
    before,
    linePrefix: before.slice(before.lastIndexOf('\n') + 1),
    suffix: textFrom(around, end),
    language: document.languageId,
    insertSpaces: typeof insertSpaces === 'boolean' ? insertSpaces : undefined,
    tabSize: typeof tabSize === 'number' ? tabSize : undefined,
  }
}

function textTo({ lines, firstLine }: Read, { line, character }: Position): string {
  const at = firstLine + line
  let text = lines.lineAt(at).slice(Math.max(0, character - ENOUGH_OF_LINE), character)
  for (let previous = at - 1; previous >= 0 && text.length < ENOUGH; previous--) {
    text = `${lines.lineAt(previous).slice(-ENOUGH)}\n${text}`
  }
  return text
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
