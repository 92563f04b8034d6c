import { createHash } from 'node:crypto'
import type { Task } from './task.ts'

/** A file that gaps are cut out of. Its text has LF line ends. */
export interface SourceText {
  /** Relative to the workspace, with `/` */
  readonly path: string
  readonly language: string
  readonly text: string
}

/**
 * ```
 *   line     ␣␣[return total + 1]        a line without its indentation
 *   half     ␣␣return [total + 1]        the rest of a line, from a border of words
 *   block    if (a) {[⏎␣␣b()⏎␣␣c()]⏎}    two to six lines that are indented more than the line above
 *   call     x = [sumOf(items)]          the rest of a line, from a symbol that another file defines
 * ```
 */
export const GAP_GROUPS = ['line', 'half', 'block', 'call'] as const
export type GapGroup = (typeof GAP_GROUPS)[number]

export interface GapOptions {
  /** The same seed and files give the same gaps. */
  readonly seed: number
  /** Number of gaps; fewer where the files have no more */
  readonly count: number
}

/**
 * Cuts gaps out of files, the same number of each group as far as there are enough. They are chosen by a hash
 * of their place, so that another file does not change the choice in the others.
 */
export function gapsOf(files: readonly SourceText[], { seed, count }: GapOptions): Task[] {
  const definitions = definitionsIn(files)
  const groups = GAP_GROUPS.map((group) =>
    files
      .flatMap((file) => candidates(file, group, definitions))
      .map((task) => ({ task, order: orderOf(task.id, seed) }))
      .toSorted((one, other) => (one.order < other.order ? -1 : 1))
      .map(({ task }) => task),
  )
  const chosen: Task[] = []
  for (let round = 0; chosen.length < count; round++) {
    const next = groups.flatMap((group) => group[round] ?? [])
    if (next.length === 0) break
    chosen.push(...next.slice(0, count - chosen.length))
  }
  return chosen
}

function orderOf(id: string, seed: number): string {
  return createHash('sha256').update(`${seed} ${id}`).digest('hex')
}

/** Lines with at least eight characters, which are neither only brackets nor comments */
const ELIGIBLE = /^[ \t]*(?!\/\/|#|\*|--|;|%|<!--)(?=.*\w.*\w).{8,200}$/

function candidates(
  { path, language, text }: SourceText,
  group: GapGroup,
  definitions: ReadonlyMap<string, string>,
): Task[] {
  const lines = text.split('\n')
  let start = 0
  return lines.flatMap((line, index) => {
    const at = start
    start += line.length + 1
    if (!ELIGIBLE.test(line)) return []
    const span = spanOf(group, { lines, index, path, definitions })
    if (span === null) return []
    const [from, to] = [at + span.from, at + span.to]
    const expected = text.slice(from, to)
    if (expected.trim().length < 3) return []
    const id = `${group} ${path}:${index + 1}:${span.from}`
    return [
      { id, group, path, language, before: text.slice(0, from), after: text.slice(to), expected },
    ]
  })
}

interface Place {
  lines: readonly string[]
  index: number
  path: string
  /** Name → the only file that defines it */
  definitions: ReadonlyMap<string, string>
}

/** The gap at a line, relative to its start; `null`: none of this group */
function spanOf(group: GapGroup, place: Place): { from: number; to: number } | null {
  const line = place.lines[place.index] ?? ''
  const indent = indentOf(line)
  switch (group) {
    case 'line':
      return { from: indent, to: line.length }
    case 'half': {
      const borders = [...line.slice(indent).matchAll(/(?<=\w)(?=\W)|(?<=\W)(?=\w)/g)]
      const middle = borders[Math.floor(borders.length / 2)]
      return middle === undefined ? null : { from: indent + middle.index, to: line.length }
    }
    case 'block':
      return blockBelow(place, line.length)
    case 'call':
      return callIn(line, place)
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

const BLOCK = { least: 2, most: 6 }

/** From the end of a line to the end of the lines below it that are indented more */
function blockBelow({ lines, index }: Place, length: number): { from: number; to: number } | null {
  const outer = indentOf(lines[index] ?? '')
  let count = 0
  let to = length
  for (const line of lines.slice(index + 1, index + 2 + BLOCK.most)) {
    if (line.trim() !== '' && indentOf(line) <= outer) break
    count++
    to += 1 + line.length
  }
  return count >= BLOCK.least && count <= BLOCK.most ? { from: length, to } : null
}

function callIn(line: string, { path, definitions }: Place): { from: number; to: number } | null {
  for (const { index, 0: name } of line.matchAll(/[A-Za-z_]\w{3,}(?=\()/g)) {
    const defined = definitions.get(name)
    if (index > 0 && defined !== undefined && defined !== path)
      return { from: index, to: line.length }
  }
  return null
}

/** Definitions of functions and classes, in the words of most languages */
const DEFINITION =
  /^[ \t]*(?:export |public |private |protected |static |async |abstract |final |pub |default )*(?:function\*?|def|class|fn|func|fun|interface|struct|enum|type|const)\s+([A-Za-z_]\w{3,})/gm

/** Names that one file defines, and no other */
function definitionsIn(files: readonly SourceText[]): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>()
  for (const { path, text } of files) {
    for (const [, name = ''] of text.matchAll(DEFINITION)) {
      found.set(name, (found.get(name) ?? new Set()).add(path))
    }
  }
  return new Map(
    [...found].flatMap(([name, paths]) => {
      const [only, ...others] = paths
      return only === undefined || others.length > 0 ? [] : [[name, only] as const]
    }),
  )
}
