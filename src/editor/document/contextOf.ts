import type { TextDocument } from 'vscode'
import type { Position, Range } from '../../infill/ranges/position.ts'
import { contextWindow, type ContextWindow } from '../../infill/context/contextWindow.ts'
import type { Settings } from '../../settings/settings.ts'
import { linesAround } from './notebook.ts'

/** The context of a document that is sent to the model, for the completion and for its preview. */
export function contextOf(
  document: TextDocument,
  { start, end }: Range,
  { contextTokens, prefixShare }: Pick<Settings, 'contextTokens' | 'prefixShare'>,
  charactersPerToken: number,
): ContextWindow {
  const { lines, firstLine } = linesAround(document)
  const moved = ({ line, character }: Position): Position => ({ line: firstLine + line, character })
  const characters = Math.floor(contextTokens * charactersPerToken)
  return contextWindow(lines, { start: moved(start), end: moved(end) }, { characters, prefixShare })
}
