import { identifiersOf } from './identifiers.ts'

/** A part of a file that may be sent */
export interface Window {
  /** From 0 */
  readonly firstLine: number
  readonly text: string
  readonly identifiers: ReadonlySet<string>
}

/** Lines of a window: about a function, with the ones around it */
const LINES = 30
/** Windows begin after as many lines, so that half of each is also in the next one. */
const STEP = 15

/** A long file is cut into the windows of its beginning. */
const MOST_LINES = 3000

/** The overlapping windows of a text, with LF. White space at their ends is left out. */
export function windowsOf(text: string): Window[] {
  const lines = text.split('\n', MOST_LINES)
  const windows: Window[] = []
  for (let firstLine = 0; firstLine < lines.length; firstLine += STEP) {
    const part = lines
      .slice(firstLine, firstLine + LINES)
      .join('\n')
      .trimEnd()
    const window = part.replace(/^(?:[^\S\n]*\n)+/, '')
    if (window !== '' && window.length < MOST_CHARACTERS) {
      windows.push({ firstLine, text: window, identifiers: identifiersOf(window) })
    }
    if (firstLine + LINES >= lines.length) break
  }
  return windows
}

/** Longer windows have long lines, as generated files do. */
const MOST_CHARACTERS = LINES * 200

/** The lines around the definition of a symbol. @param line from 0 */
export function definitionAt(text: string, line: number): Window | null {
  const lines = text.split('\n')
  const firstLine = Math.max(0, line - 2)
  const part = lines
    .slice(firstLine, line + 20)
    .join('\n')
    .trim()
  if (part === '' || part.length >= MOST_CHARACTERS) return null
  return { firstLine, text: part, identifiers: identifiersOf(part) }
}
