import type { TextDocument } from 'vscode'
import type { Range } from '../../infill/ranges/position.ts'
import { readOnly } from '../document/writable.ts'
import { Insertion } from './insertion.ts'

export interface ReplacedTexts {
  document: TextDocument
  /** Of the new texts and of those that stay; `null` where somebody else edited meanwhile */
  ranges: (Range | null)[]
  /** Whether a further edit can join the same undo step */
  isOpen: boolean
}

/**
 * Replaces texts in one edit.
 *
 * @param texts one for each range; `null`: it stays
 * @param joins whether the edit joins the undo step of the previous insertion
 * @throws CompletionError `not_editable` when the editor is read-only
 */
export async function replaceTexts(
  document: TextDocument,
  ranges: readonly Range[],
  texts: readonly (string | null)[],
  joins: boolean,
): Promise<ReplacedTexts> {
  const insertion = new Insertion(document, ranges, { joins })
  try {
    for (const [index, text] of texts.entries()) insertion.write(index, text ?? '')
    await insertion.settled()
  } finally {
    insertion.dispose()
  }
  if (insertion.over.reason === 'refused') throw readOnly()
  return {
    document: insertion.document,
    ranges: insertion.ranges.map(({ start, end }, index) =>
      insertion.stopped[index]?.aborted === true ? null : { start, end },
    ),
    isOpen: insertion.isOpen,
  }
}
