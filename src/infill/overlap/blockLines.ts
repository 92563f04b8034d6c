import type { Scanner } from '../filters/scanner.ts'
import type { Syntax } from '../filters/syntax.ts'

/** How much of a line is compared, in UTF-16 units */
const LINE = 300

/** Follows the lines that begin and end blocks: `if …` and `fi`, `#if` and `#endif`, `def` and `end`. */
export interface BlockLines {
  /** How many lines began a block, less those that ended one, up to the last line break */
  readonly level: number
  /** Adds the line so far, as at a line break. */
  endLine(): void
  /** @param char one UTF-16 unit, which the scanner has not read yet */
  step(char: string): void
}

/**
 * @param linePrefix what the line of the text has before the text
 * @param code tells comments and strings, which begin and end nothing
 */
export function blockLines(
  { blocks }: Syntax,
  code: Pick<Scanner, 'isCode'>,
  linePrefix = '',
): BlockLines {
  // What the line has before the text is the document's.
  let level = -effectOf(linePrefix, blocks)
  let line = linePrefix
  let isCode = true

  function endLine(): void {
    if (isCode && line !== '') level += effectOf(line, blocks)
    line = ''
  }

  return {
    get level() {
      return level
    },
    endLine,
    step(char) {
      if (blocks.length === 0) return
      if (char === '\n') return endLine()
      if (line === '') isCode = code.isCode
      if (line.length < LINE) line += char
    },
  }
}

/** Whether a line ends a block */
export function endsBlock(line: string, { blocks }: Syntax): boolean {
  return effectOf(line, blocks) === -1
}

/** 1 for a line that begins a block, -1 for one that ends it, 0 for `else` and all others */
function effectOf(line: string, blocks: Syntax['blocks']): number {
  for (const { begins, ends } of blocks) {
    const isBegin = begins.test(line)
    if (isBegin !== ends.test(line)) return isBegin ? 1 : -1
  }
  return 0
}
