import type { TextDocument } from 'vscode'
import type { Range } from '../infill/position.ts'
import { contextWindow, type ContextWindow, type Lines } from '../infill/window.ts'
import type { Settings } from '../settings/settings.ts'

/** What the model gets to see of a document: the completion and its preview take the same. */
export function windowOf(
  document: TextDocument,
  selection: Range,
  { contextTokens, prefixShare }: Pick<Settings, 'contextTokens' | 'prefixShare'>,
  charactersPerToken: number,
): ContextWindow {
  const characters = Math.floor(contextTokens * charactersPerToken)
  return contextWindow(linesOf(document), selection, { characters, prefixShare })
}

/** A document as the context window reads it, without a copy of the whole text. */
function linesOf(document: TextDocument): Lines {
  return {
    lineCount: document.lineCount,
    lineAt: (line) => document.lineAt(line).text,
  }
}
