import type { CompletionRequest } from '../completions/types.ts'
import { removeEcho } from '../infill/filters/echo.ts'
import { pipe, type Filter } from '../infill/filters/filter.ts'
import { indentation } from '../infill/filters/indentation.ts'
import { stopAtOverlap } from '../infill/overlap/overlap.ts'
import { repetition } from '../infill/filters/repetition.ts'
import { singleLine } from '../infill/filters/singleLine.ts'
import { removeControls } from '../infill/filters/controlCharacters.ts'
import { stopAtSpecialTokens } from '../infill/filters/specialTokens.ts'
import { removeThoughts } from '../infill/filters/thoughts.ts'
import { stopAt } from '../infill/filters/stopSequences.ts'
import { wholeCharacters } from '../infill/filters/wholeCharacters.ts'
import { removeFences } from '../infill/filters/codeFences.ts'
import { removeRepeatedLine } from '../infill/filters/repeatedLine.ts'
import type { Surroundings } from '../infill/surroundings.ts'
import { tokensOf, type FimTemplate } from '../infill/templates.ts'

export interface OutputFilterOptions {
  /** The text around the insertion. Without it, the text stays as the model wrote it. */
  surroundings?: Surroundings | undefined
  /** Whether the text is that of a chat model, with code fences and remarks around the code */
  isChat?: boolean | undefined
  /** Whether the text ends at the end of its first line */
  oneLine?: boolean | undefined
}

/** Why a filter ended a completion */
export type FilterReason =
  | 'stop'
  /** The document has the rest of the text. */
  | 'overlap'
  /** The text closes the block that the document closes, and continues in another way. */
  | 'blockEnd'
  | 'repetition'
  | 'singleLine'

export interface OutputFilter extends Filter {
  /** How many bidirectional controls were removed */
  readonly removedBidirectional: number
  /** `null` until a filter has ended the completion */
  readonly reason: FilterReason | null
}

/**
 * The filters for one choice. They remove the echo, stop sequences, the model's own tokens and whatever
 * the document already has.
 *
 * Whole characters come first. The text is indented as the document is before it is compared with it,
 * and repetition is looked for in what would be inserted.
 */
export function outputFilterFor(
  request: Pick<CompletionRequest, 'prompt' | 'suffix' | 'echo' | 'stop'>,
  template: FimTemplate | null,
  { surroundings, isChat = false, oneLine: isOneLine = false }: OutputFilterOptions = {},
): OutputFilter {
  const echo = request.echo === true && typeof request.prompt === 'string' ? request.prompt : ''
  const sequences = [request.stop ?? [], template === null ? [] : tokensOf(template)].flat()
  const stop = stopAt(sequences)
  const around = textAround(request)
  const special = stopAtSpecialTokens(around)
  const controls = removeControls(around)
  const chat = isChat ? removeFences(around, surroundings?.language) : null
  const filters = [
    removeEcho(echo),
    removeThoughts(around, surroundings?.language),
    ...(chat === null ? [] : [chat, removeRepeatedLine(promptOf(request), () => chat.isFenced)]),
    stop,
    special,
    controls,
    wholeCharacters(around),
  ]
  const reasons: [() => FilterReason, Filter][] = [
    ...(chat === null ? [] : [[() => 'stop', chat] as [() => FilterReason, Filter]]),
    [() => 'stop', stop],
    [() => 'stop', special],
  ]
  if (surroundings !== undefined) {
    const overlap = stopAtOverlap(surroundings.before, surroundings.suffix, surroundings.syntax)
    const repeats = repetition()
    filters.push(indentation(surroundings), overlap, repeats)
    reasons.push([() => (overlap.isExact ? 'overlap' : 'blockEnd'), overlap])
    reasons.push([() => 'repetition', repeats])
    if (isOneLine) {
      const line = singleLine()
      filters.push(line)
      reasons.push([() => 'singleLine', line])
    }
  }
  const chain = pipe(...filters)
  return {
    push: (segments) => chain.push(segments),
    flush: () => chain.flush(),
    get done() {
      return chain.done
    },
    get removedBidirectional() {
      return controls.removedBidirectional
    },
    get reason() {
      // The last of those that are done: it has cut what the others let pass.
      return reasons.findLast(([, filter]) => filter.done)?.[0]() ?? null
    },
  }
}

/** The text around the insertion, as far as it is sent */
function textAround(request: Pick<CompletionRequest, 'prompt' | 'suffix'>): string {
  return `${promptOf(request)}\n${request.suffix ?? ''}`
}

function promptOf({ prompt }: Pick<CompletionRequest, 'prompt'>): string {
  return typeof prompt === 'string' ? prompt : ''
}
