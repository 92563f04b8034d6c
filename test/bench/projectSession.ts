import { contextWindow } from '../../src/infill/context/contextWindow.ts'
import type { ProjectContext, Snippet } from '../../src/infill/project/projectContext.ts'
import type { Candidate } from '../../src/infill/project/selectSnippets.ts'
import { snippetsAt } from '../../src/infill/project/snippetsAt.ts'
import { windowsOf } from '../../src/infill/project/windows.ts'
import { render, templateOf } from '../../src/infill/templates.ts'
import { random } from '../support/random.ts'
import type { SourceFile } from './packages.ts'

/** The defaults of the settings, at 3 characters per token */
const CHARACTERS = 4096 * 3
const SHARE = 0.25
const PREFIX_SHARE = 0.75

/** What is sent of other files at a place of a document */
export function snippetsIn(
  text: string,
  line: number,
  candidates: readonly Candidate[],
  previous: readonly Snippet[],
): readonly Snippet[] {
  const all = text.split('\n')
  const lines = { lineCount: all.length, lineAt: (at: number) => all[at] ?? '' }
  return snippetsAt(lines, line, candidates, { characters: CHARACTERS * SHARE, previous })
}

/** The prompt of a Qwen model, as the editor sends it */
export function promptAt(
  before: string,
  after: string,
  path: string,
  snippets: readonly Snippet[],
): string {
  const template = templateOf('auto', 'qwen2.5-coder')
  if (template === null) throw new Error('no template')
  const lines = (before + after).split('\n')
  const above = before.split('\n')
  const cursor = { line: above.length - 1, character: above.at(-1)?.length ?? 0 }
  const characters = snippets.length === 0 ? CHARACTERS : CHARACTERS * (1 - SHARE)
  const { prompt, suffix } = contextWindow(
    { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' },
    { start: cursor, end: cursor },
    { characters, prefixShare: PREFIX_SHARE },
  )
  const project: ProjectContext = {
    snippets,
    path,
    repository: 'project',
    comment: { begin: '//', end: '' },
  }
  return render(template, { prompt, suffix, ...(snippets.length > 0 && { project }) })
}

/**
 * 50 completions of a working session: the user writes forward in one place, goes elsewhere in the file every
 * eighth time, and edits another file every tenth time.
 *
 * @returns the mean share of a prompt that is the beginning of the one before
 */
export function reusedShare(file: SourceFile, others: readonly SourceFile[], seed: number): number {
  const chance = random(seed)
  const lines = file.text.split('\n')
  let open = others.map(({ path, text }) => ({ path, text }))
  let line = chance.below(lines.length)
  let previous: readonly Snippet[] = []
  let last = ''
  const shares: number[] = []
  for (let step = 0; step < 50; step++) {
    if (step % 8 === 7) line = chance.below(lines.length)
    else line = Math.min(lines.length - 1, line + 1 + chance.below(4))
    if (step % 10 === 9) {
      const at = chance.below(Math.max(1, open.length))
      open = open.map((each, index) =>
        index === at ? { ...each, text: `// edited ${step}\n${each.text}` } : each,
      )
    }
    const candidates = open.map(({ path, text }) => ({ path, windows: windowsOf(text) }))
    previous = snippetsIn(file.text, line, candidates, previous)
    // The rest of the line is what the user has not written yet.
    const before = `${lines.slice(0, line).join('\n')}\n${(lines[line] ?? '').slice(0, 4)}`
    const whole = promptAt(before, `\n${lines.slice(line + 1).join('\n')}`, file.path, previous)
    // What comes after it, the suffix, begins at another place each time.
    const prompt = whole.slice(0, whole.indexOf('<|fim_suffix|>'))
    if (last !== '') shares.push(commonLength(last, prompt) / prompt.length)
    last = prompt
  }
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}
