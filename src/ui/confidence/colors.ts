import { ThemeColor, window, type Disposable } from 'vscode'
import type { Inserted } from '../../editor/insertion/inserted.ts'
import { LEVELS, type Level } from '../../infill/confidence/level.ts'
import { rangeOf } from '../../editor/document/rangeOf.ts'
import { levelRanges } from './levelRanges.ts'

/** Levels differ in their line as well, for those who do not see the colors. */
const LINES: Readonly<Record<Level, { borderStyle: string; borderWidth: string }>> = {
  veryLikely: { borderStyle: 'solid', borderWidth: '0 0 1px 0' },
  likely: { borderStyle: 'dotted', borderWidth: '0 0 2px 0' },
  unsure: { borderStyle: 'dashed', borderWidth: '0 0 2px 0' },
  unlikely: { borderStyle: 'double', borderWidth: '0 0 4px 0' },
}

export interface ConfidenceColors extends Disposable {
  /** Colors the tokens of an insertion in every editor that shows it; `null` removes the colors. */
  show(inserted: Inserted | null): void
}

export function createConfidenceColors(): ConfidenceColors {
  const types = LEVELS.map((level) => {
    const name = `infill.confidence${level.charAt(0).toUpperCase()}${level.slice(1)}`
    const type = window.createTextEditorDecorationType({
      backgroundColor: new ThemeColor(`${name}Background`),
      borderColor: new ThemeColor(`${name}Border`),
      ...LINES[level],
    })
    return { level, type }
  })
  return {
    show(inserted) {
      const ranges = levelRanges(inserted?.places ?? [])
      for (const editor of window.visibleTextEditors) {
        const isShown = editor.document === inserted?.document
        for (const { level, type } of types) {
          editor.setDecorations(type, isShown ? ranges[level].map(rangeOf) : [])
        }
      }
    },
    dispose: () => types.forEach(({ type }) => type.dispose()),
  }
}
