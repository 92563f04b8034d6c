import { Disposable, workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode'
import { rangeAfter } from '../../infill/ranges/ownChanges.ts'
import type { Change, Range } from '../../infill/ranges/position.ts'
import { followAll, trackedRangeOf } from '../../infill/ranges/trackedRange.ts'

type Changes = TextDocumentChangeEvent['contentChanges']

/** The ranges of an insertion that has ended, while we and others edit its document */
export class FollowedRanges implements Disposable {
  /** `null` where others edited the text */
  ranges: readonly (Range | null)[]
  /** Whether our edits join the undo step of the texts: nothing else was edited or saved */
  isOpen = true
  readonly #listening: Disposable
  /** What was reported while our edit is applied: it may be refused. */
  #held: Changes[] | null = null

  constructor(document: TextDocument, ranges: readonly (Range | null)[]) {
    this.ranges = ranges
    this.#listening = Disposable.from(
      workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed !== document || contentChanges.length === 0) return
        if (this.#held === null) this.#follow(contentChanges)
        else this.#held.push(contentChanges)
      }),
      workspace.onDidSaveTextDocument((saved) => {
        if (saved === document) this.isOpen = false
      }),
    )
  }

  /**
   * Applies our own changes, which are within the ranges or outside of them.
   *
   * @param apply whether VS Code accepted them; it reports them first
   */
  async change(changes: readonly Change[], apply: () => Promise<boolean>): Promise<boolean> {
    const held: Changes[] = []
    this.#held = held
    try {
      const isApplied = await apply()
      if (isApplied) {
        this.ranges = this.ranges.map((range) => range && rangeAfter(range, changes))
        held.shift()
      }
      return isApplied
    } finally {
      this.#held = null
      for (const each of held) this.#follow(each)
    }
  }

  dispose(): void {
    this.#listening.dispose()
  }

  #follow(changes: Changes): void {
    this.isOpen = false
    this.ranges = this.ranges.map(
      (range) => range && followAll({ ...trackedRangeOf(range), replaces: false }, changes),
    )
  }
}
