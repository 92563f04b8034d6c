import type { TextDocument } from 'vscode'
import type { Position, Range } from '../../infill/ranges/position.ts'
import { contextWindow, type ContextWindow } from '../../infill/context/contextWindow.ts'
import type { Settings } from '../../settings/settings.ts'
import { charactersPerTokenOf } from '../../usage/script.ts'
import type { ProjectContext } from '../../infill/project/projectContext.ts'
import type { ProjectFiles } from '../project/projectFiles.ts'
import { linesAround, type Read } from './notebook.ts'

/**
 * The context of a document that is sent to the model, for the completion and for its preview, with parts of
 * other files.
 */
export function contextWithProject(
  document: TextDocument,
  selection: Range,
  settings: Settings,
  { ratio, files }: { ratio: number; files: ProjectFiles },
): ContextWindow & { project?: ProjectContext | undefined } {
  const share = settings['context.share']
  const characters = Math.floor(settings.contextTokens * share * ratio)
  const project = files.contextAt(document, selection.start, { settings, characters })
  if (project === undefined) return contextOf(document, selection, settings, ratio)
  // By all of the share, so that the start of the prompt does not depend on which parts were found.
  const contextTokens = Math.ceil(settings.contextTokens * (1 - share))
  return { ...contextOf(document, selection, { ...settings, contextTokens }, ratio), project }
}

/** The context without other files */
export function contextOf(
  document: TextDocument,
  { start, end }: Range,
  { contextTokens, prefixShare }: Pick<Settings, 'contextTokens' | 'prefixShare'>,
  charactersPerToken: number,
): ContextWindow {
  const { lines, firstLine } = linesAround(document)
  const moved = ({ line, character }: Position): Position => ({ line: firstLine + line, character })
  const ratio = charactersPerTokenOf(textNear(lines, moved(start)), charactersPerToken)
  const characters = Math.floor(contextTokens * ratio)
  return contextWindow(lines, { start: moved(start), end: moved(end) }, { characters, prefixShare })
}

/** How much text before and after the cursor shows the script, in lines and UTF-16 units */
const NEAR = { lines: 40, units: 4000 }

function textNear(lines: Read['lines'], { line }: Position): string {
  let text = ''
  const last = Math.min(lines.lineCount, line + NEAR.lines)
  for (let at = Math.max(0, line - NEAR.lines); at < last && text.length < NEAR.units; at++) {
    text += lines.lineAt(at).slice(0, NEAR.units)
  }
  return text
}
