import type { TextEditor } from 'vscode'
import type { Range } from '../infill/position.ts'

/** What a completion has to fit into: the document's own, whatever of it goes to the server. */
export interface Surroundings {
  /** What stands before the caret on its line */
  linePrefix: string
  /** What follows the caret, or some of it, with LF */
  suffix: string
  /** How the document is indented, where that is known */
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
}

/** What is repeated is repeated from its beginning, so a few lines of it are enough to tell. */
const LINES = 40

export function surroundingsOf(
  { document, options: { insertSpaces, tabSize } }: Pick<TextEditor, 'document' | 'options'>,
  { start, end }: Range,
): Surroundings {
  const count = Math.min(LINES, document.lineCount - end.line)
  const below = Array.from({ length: count }, (_, line) => document.lineAt(end.line + line).text)
  return {
    linePrefix: document.lineAt(start.line).text.slice(0, start.character),
    suffix: below.join('\n').slice(end.character),
    insertSpaces: typeof insertSpaces === 'boolean' ? insertSpaces : undefined,
    tabSize: typeof tabSize === 'number' ? tabSize : undefined,
  }
}
