import type { Lines } from '../infill/context/contextWindow.ts'
import type { Position } from '../infill/ranges/position.ts'
import type { Surroundings } from '../infill/surroundings.ts'
import type { Task } from './task.ts'

/** The document of a task, with the cursor in its gap. */
export interface TaskDocument {
  readonly lines: Lines
  readonly cursor: Position
  readonly surroundings: Surroundings
}

/** How much of a text the filters see on each side, in UTF-16 units: as in an editor */
const ENOUGH = 10_000

export function documentOf({ before, after, language }: Task): TaskDocument {
  const lines = (before + after).split('\n')
  const above = before.split('\n')
  const linePrefix = above.at(-1) ?? ''
  return {
    lines: { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' },
    cursor: { line: above.length - 1, character: linePrefix.length },
    surroundings: {
      before: before.slice(-ENOUGH),
      linePrefix,
      suffix: after.slice(0, ENOUGH),
      language: language === '' ? undefined : language,
      ...indentationOf(before + after),
    },
  }
}

/** The indentation of a text, as VS Code detects it, roughly */
export function indentationOf(text: string): { insertSpaces: boolean; tabSize: number } {
  const leads = text.match(/^[ \t]+(?=[^\s*])/gm) ?? []
  const tabs = leads.filter((lead) => lead.startsWith('\t')).length
  const widths = leads.filter((lead) => !lead.includes('\t')).map((lead) => lead.length)
  const small = widths.filter((width) => width % 4 === 2).length
  return { insertSpaces: tabs * 2 <= leads.length, tabSize: small * 8 > widths.length ? 2 : 4 }
}
