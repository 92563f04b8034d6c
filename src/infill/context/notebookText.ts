import type { Lines } from './contextWindow.ts'

/** One cell of a notebook */
export interface Cell {
  lines: Lines
  /** VS Code's language id, such as `python` */
  language: string
  /** `false` for a Markdown cell */
  isCode: boolean
}

/** Language id → start of a line comment, where that is not `//` */
const COMMENTS: Readonly<Record<string, string>> = {
  ...fromKeys('#', 'python julia r ruby perl shellscript powershell elixir coffeescript raw'),
  ...fromKeys('--', 'sql lua haskell'),
  ...fromKeys('%', 'matlab octave latex'),
  ...fromKeys(';;', 'clojure scheme racket'),
}

/**
 * Joins the cells of a notebook into one document for one of them, with an empty line between cells.
 *
 * For a code cell, Markdown and code of other languages become comments. For a Markdown cell, code is
 * fenced.
 *
 * ```
 *   [import csv]              import csv            ,,,python
 *                                                   import csv
 *   (We *read* it)    →       # We *read* it   or   ,,,         each , a backtick
 *
 *   [rows = ]                 rows = |              We *read* it|
 * ```
 *
 * @returns the document, and the number of the line that the cell `here` begins with, from 0
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
