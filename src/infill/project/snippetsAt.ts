import type { Lines } from '../context/contextWindow.ts'
import type { Snippet } from './projectContext.ts'
import { selectSnippets, type Candidate, type SelectOptions } from './selectSnippets.ts'

/** Lines around the cursor that snippets are compared with, and those that are surely sent */
const NEAR = { before: 30, after: 15 }
const SENT = { before: 200, after: 100 }

/** What is sent of other files at a line of a document. @param line from 0 */
export function snippetsAt(
  lines: Lines,
  line: number,
  candidates: readonly Candidate[],
  { characters, previous }: Pick<SelectOptions, 'characters' | 'previous'>,
): readonly Snippet[] {
  const near = textAround(lines, line, NEAR)
  const sent = textAround(lines, line, SENT)
  return selectSnippets(candidates, { near, sent, characters, previous })
}

function textAround(lines: Lines, line: number, { before, after }: typeof NEAR): string {
  const found: string[] = []
  const end = Math.min(lines.lineCount - 1, line + after)
  for (let at = Math.max(0, line - before); at <= end; at++) {
    found.push(lines.lineAt(at).slice(0, 500))
  }
  return found.join('\n')
}
