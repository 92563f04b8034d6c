import { indentationOf } from '../../src/evaluation/textLines.ts'
import { outputFilterFor } from '../../src/generation/outputFilter.ts'
import { textOf } from '../../src/infill/filters/segment.ts'
import type { Syntax } from '../../src/infill/filters/syntax.ts'
import type { Random } from './random.ts'

/** A span that is cut out of a file */
export interface Gap {
  readonly kind: GapKind
  readonly before: string
  readonly text: string
  readonly after: string
}

export const GAP_KINDS = ['characters', 'rest of line', 'line', 'lines', 'block'] as const
export type GapKind = (typeof GAP_KINDS)[number]

/**
 * Cuts a random span out of a file.
 *
 * ```
 *   characters      const x = [total +] 1      within a line
 *   rest of line    const x = [total + 1]
 *   line            ␣␣[return total]           without its indentation
 *   lines           [␣␣a()⏎␣␣b()⏎]             two to eight whole lines
 *   block           if (a) {[⏎␣␣b()]⏎}         from the end of a line to the end of another
 * ```
 *
 * @param text with LF
 */
export function gapIn(text: string, chance: Random): Gap | null {
  const kind = chance.pick(GAP_KINDS)
  const lines = lineStarts(text)
  const line = chance.below(lines.length - 1)
  const start = lines[line] ?? 0
  const end = (lines[line + 1] ?? text.length + 1) - 1
  const content = text.slice(start, end)
  const indent = content.length - content.trimStart().length
  const cut = (from: number, to: number): Gap | null => {
    if (to <= from || text.slice(from, to).trim() === '') return null
    return { kind, before: text.slice(0, from), text: text.slice(from, to), after: text.slice(to) }
  }
  const column = start + indent + chance.below(Math.max(1, content.length - indent))
  switch (kind) {
    case 'characters':
      return cut(column, Math.min(end, column + 1 + chance.below(40)))
    case 'rest of line':
      return cut(column, end)
    case 'line':
      return cut(start + indent, end)
    case 'lines': {
      const last = lines[Math.min(lines.length - 1, line + 2 + chance.below(7))]
      return cut(start, last ?? text.length)
    }
    case 'block': {
      const last = lines[Math.min(lines.length - 1, line + 2 + chance.below(7))]
      return cut(end, (last ?? text.length + 1) - 1)
    }
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** As in `surroundingsOf.ts` */
const ENOUGH = 2000

/** What is inserted of an answer, and why it ended. The answer arrives in random pieces. */
export function insertedAt(
  { before, text: cut = '', after }: Pick<Gap, 'before' | 'after'> & Partial<Gap>,
  answer: string,
  { chance, syntax }: { chance: Random; syntax?: Syntax | undefined },
): { text: string; reason: string | null } {
  const linePrefix = before.slice(before.lastIndexOf('\n') + 1).slice(-ENOUGH)
  const surroundings = {
    before: before.slice(-10_000),
    linePrefix,
    suffix: after.slice(0, 10_000),
    // VS Code detects the indentation when it opens the file, before the gap is cut.
    ...indentationOf(before + cut + after),
    ...(syntax && { syntax }),
  }
  const request = { prompt: before.slice(-12_000), suffix: after.slice(0, 4000) }
  const filter = outputFilterFor(request, null, { surroundings })
  let text = ''
  for (let at = 0; at < answer.length && !filter.done;) {
    const length = 1 + chance.below(12)
    text += textOf(filter.push([{ text: answer.slice(at, at + length), token: null }]))
    at += length
  }
  text += textOf(filter.flush())
  return { text, reason: filter.reason }
}
