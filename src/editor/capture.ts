import type { TextDocument } from 'vscode'
import type { Lines } from '../infill/window.ts'

/** A document as the context window reads it, without a copy of the whole text. */
export function linesOf(document: TextDocument): Lines {
  return {
    lineCount: document.lineCount,
    lineAt: (line) => document.lineAt(line).text,
  }
}
