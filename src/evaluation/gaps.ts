import { setImmediate as nextTurn } from 'node:timers/promises'
import { hashed, mixed } from './random.ts'
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
 *
 * It takes about a second for 16 MB, and lets other work pass between the files.
 */
export async function gapsOf(
  files: readonly SourceText[],
  { seed, count }: GapOptions,
): Promise<Task[]> {
  const definitions = await definitionsIn(files)
  const groups = new Map<GapGroup, Gap[]>(GAP_GROUPS.map((group) => [group, []]))
  for await (const file of paced(files)) {
    for (const gap of gapsIn(file, definitions, seed)) {
      const found = groups.get(gap.group)
      found?.push(gap)
      if (found !== undefined && found.length > 4 * count + 1000) keepFirst(found, count)
    }
  }
  const sorted = [...groups.values()].map((found) => keepFirst(found, count))
  const chosen: Gap[] = []
  for (let round = 0; chosen.length < count; round++) {
    const next = sorted.flatMap((found) => found[round] ?? [])
    if (next.length === 0) break
    chosen.push(...next.slice(0, count - chosen.length))
  }
  return chosen.map(taskOf)
}

/** A place that can be cut out. */
interface Gap {
  readonly group: GapGroup
  readonly file: SourceText
  /** From 1 */
  readonly line: number
  /** Offsets in the text, and the first one in its line */
  readonly from: number
  readonly to: number
  readonly character: number
  /** The gaps with the lowest are chosen. */
  readonly order: number
}

function keepFirst(gaps: Gap[], count: number): readonly Gap[] {
  gaps.sort((one, other) => one.order - other.order)
  gaps.length = Math.min(gaps.length, count)
  return gaps
}

function taskOf({ group, file: { path, language, text }, line, character, from, to }: Gap): Task {
  return {
    id: `${group} ${path}:${line}:${character}`,
    group,
    path,
    language,
    before: text.slice(0, from),
    after: text.slice(to),
    expected: text.slice(from, to),
  }
}

/** How long the choice works before other work of the process gets its turn, in ms */
const TIME_SLICE = 20

async function* paced<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  let pauseAt = performance.now() + TIME_SLICE
  for (const item of items) {
    yield item
    if (performance.now() < pauseAt) continue
    await nextTurn()
    pauseAt = performance.now() + TIME_SLICE
  }
}

/** Lines with at least eight characters, which are neither only brackets nor comments */
const ELIGIBLE = /^[ \t]*(?!\/\/|#|\*|--|;|%|<!--)(?=.*\w.*\w).{8,200}$/

/** The shortest text of a gap, in UTF-16 units without the white space around it */
const SHORTEST = 3

function gapsIn(file: SourceText, definitions: ReadonlyMap<string, string>, seed: number): Gap[] {
  const { path, text } = file
  const lines = text.split('\n')
  const ofFile = hashed(`${seed} ${path}`)
  const gaps: Gap[] = []
  let start = 0
  for (const [index, line] of lines.entries()) {
    const place = { lines, index, path, definitions }
    for (const [number, group] of ELIGIBLE.test(line) ? GAP_GROUPS.entries() : []) {
      const span = spanOf(group, place)
      if (span === null) continue
      const [from, to] = [start + span.from, start + span.to]
      if (text.slice(from, to).trim().length < SHORTEST) continue
      const order = mixed(ofFile, index * GAP_GROUPS.length + number)
      gaps.push({ group, file, line: index + 1, from, to, character: span.from, order })
    }
    start += line.length + 1
  }
  return gaps
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
async function definitionsIn(files: readonly SourceText[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, Set<string>>()
  for await (const { path, text } of paced(files)) {
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
