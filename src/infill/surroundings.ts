import type { Syntax } from './filters/syntax.ts'

/** The document around an insertion, independent of what is sent to the server */
export interface Surroundings {
  /** The text before the cursor, or the end of it, with LF */
  before: string
  /** The text before the cursor on its line, or the end of that text */
  linePrefix: string
  /** The text after the cursor, or the start of it, with LF */
  suffix: string
  /** Indentation of the document; absent when unknown. `tabSize` in spaces */
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
  /** The id of the language, as VS Code names it */
  language?: string | undefined
  /** Brackets, quotes and comments of the language; absent when unknown */
  syntax?: Syntax | undefined
}
