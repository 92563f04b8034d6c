import type { Lines } from './contextWindow.ts'

/** One cell of a notebook */
export interface Cell {
  lines: Lines
  /** As VS Code names it, such as `python` */
  language: string
  /** Whether it is code, and not text */
  isCode: boolean
}

/** The languages of notebooks in which a comment does not begin with `//` */
const COMMENTS: Readonly<Record<string, string>> = {
  ...fromKeys('#', 'python julia r ruby perl shellscript powershell elixir coffeescript raw'),
  ...fromKeys('--', 'sql lua haskell'),
  ...fromKeys('%', 'matlab octave latex'),
  ...fromKeys(';;', 'clojure scheme racket'),
}

/**
 * A notebook as one text, as it is seen from one of its cells, with an empty line between cells.
 *
 * From code, all that is not code of the same language is comment; from text, code is fenced.
 *
 * ```
 *   [import csv]              import csv            ,,,python
 *                                                   import csv
 *   (We *read* it)    →       # We *read* it   or   ,,,         each , a backtick
 *
 *   [rows = ]                 rows = |              We *read* it|
 * ```
 *
 * @returns the text, and at which of its lines the cell begins
 */
export function joinNotebookCells(
  before: readonly Cell[],
  here: Cell,
  after: readonly Cell[],
): { lines: Lines; firstLine: number } {
  const parts = [...before, here, ...after].map((cell) => seenFrom(here, cell))
  const starts: number[] = []
  let lineCount = -1
  for (const part of parts) {
    starts.push(lineCount + 1)
    lineCount += 1 + part.lineCount
  }
  return {
    firstLine: starts[before.length] ?? 0,
    lines: {
      lineCount,
      lineAt(line) {
        const index = starts.findLastIndex((start) => start <= line)
        const part = parts[index]
        const own = line - (starts[index] ?? 0)
        return part !== undefined && own < part.lineCount ? part.lineAt(own) : ''
      },
    },
  }
}

function seenFrom(here: Cell, { lines, language, isCode }: Cell): Lines {
  const isSame = isCode === here.isCode && (!isCode || language === here.language)
  if (isSame) return lines
  const { lineCount } = lines
  if (here.isCode) {
    const mark = COMMENTS[here.language] ?? '//'
    return { lineCount, lineAt: (line) => `${mark} ${lines.lineAt(line)}`.trimEnd() }
  }
  return {
    lineCount: lineCount + 2,
    lineAt(line) {
      if (line === 0) return `\`\`\`${language}`
      return line > lineCount ? '```' : lines.lineAt(line - 1)
    },
  }
}

function fromKeys(value: string, keys: string): Record<string, string> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, value]))
}
