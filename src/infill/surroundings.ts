/** What a completion has to fit into: the document's own, whatever of it goes to the server. */
export interface Surroundings {
  /** What stands before the caret on its line, or the end of it */
  linePrefix: string
  /** What follows the caret, or some of it, with LF */
  suffix: string
  /** How the document is indented, where that is known */
  insertSpaces?: boolean | undefined
  tabSize?: number | undefined
}
