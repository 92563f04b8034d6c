/** One gap in a text, and what its author wrote there. Line ends are LF. */
export interface Task {
  /** The same in every run: results are compared and cached by it */
  readonly id: string
  /** What kind of gap it is: `line`, `block`, … */
  readonly group: string
  /** The file, for the report */
  readonly path: string
  /** The id of the language, as VS Code names it; empty when unknown */
  readonly language: string
  /** All text before the gap, and after it */
  readonly before: string
  readonly after: string
  /** What the author wrote in the gap */
  readonly expected: string
}
