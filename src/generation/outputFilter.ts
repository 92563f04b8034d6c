import type { CompletionRequest, FinishReason } from '../completions/types.ts'
import { pipe, type TextFilter } from '../infill/filters/filter.ts'
import { indentation } from '../infill/filters/indentation.ts'
import { singleLine } from '../infill/filters/singleLine.ts'
import { repetition } from '../infill/filters/repetition.ts'
import { tokensOf } from '../infill/templates.ts'
import { stopAtOverlap } from '../infill/filters/overlap.ts'
import { stopAt } from '../infill/filters/stopSequences.ts'
import { wholeCharacters } from '../infill/filters/wholeCharacters.ts'
import { removeEcho } from '../infill/filters/echo.ts'
import type { Surroundings } from '../infill/surroundings.ts'
import type { SuffixStrategy } from './suffixStrategy.ts'

export interface OutputFilterOptions {
  /** Where the text goes; without it, the text is as the model has written it. */
  surroundings?: Surroundings | undefined
  /** Whether the text is over at the end of its line */
  oneLine?: boolean | undefined
}

export interface OutputFilter {
  filter: TextFilter
  /** Why the text is over, where that is neither the model's doing nor a stop sequence */
  reason: (isEmpty: boolean) => FinishReason | null
}

/**
 * No echo, no token of the model's, no stop sequence gets through, whatever the server lets pass, and
 * nothing that the document has already.
 *
 * What is left of the answer is made whole first. It is indented as the document is before it is
 * compared with it; what goes round and round is looked for in what would be inserted.
 */
export function outputFilterFor(
  request: CompletionRequest,
  { template }: SuffixStrategy,
  { surroundings, oneLine: isOneLine = false }: OutputFilterOptions,
): OutputFilter {
  const echo = request.echo === true && typeof request.prompt === 'string' ? request.prompt : ''
  const marks = [request.stop ?? [], template === null ? [] : tokensOf(template)].flat()
  const plain = pipe(removeEcho(echo), stopAt(marks), wholeCharacters(textOf(request)))
  if (surroundings === undefined) return { filter: plain, reason: () => null }
  const overlap = stopAtOverlap(surroundings.linePrefix, surroundings.suffix)
  const repeats = repetition()
  return {
    filter: pipe(
      plain,
      indentation(surroundings),
      overlap,
      repeats,
      ...(isOneLine ? [singleLine()] : []),
    ),
    reason(isEmpty) {
      if (repeats.ended) return 'repeating'
      return overlap.ended && isEmpty ? 'overlapped' : null
    },
  }
}

/** What the document has around the place, as far as it is sent */
function textOf({ prompt, suffix }: CompletionRequest): string {
  return `${typeof prompt === 'string' ? prompt : ''}\n${suffix ?? ''}`
}
