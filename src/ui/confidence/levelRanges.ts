import type { InsertedPlace } from '../../editor/insertion/inserted.ts'
import { LEVELS, levelOf, type Level } from '../../infill/confidence/level.ts'
import { tokenRanges } from '../../infill/confidence/tokenRanges.ts'
import type { Range } from '../../infill/ranges/position.ts'

/** What is colored at each level. Tokens whose probability is unknown have no color. */
export function levelRanges(
  places: readonly Pick<InsertedPlace, 'range' | 'tries' | 'shown'>[],
): Record<Level, Range[]> {
  const tokens = places
    .flatMap(({ range, tries, shown }) => tokenRanges(range.start, tries[shown]?.segments ?? []))
    .flatMap(({ range, token: { logprob } }) =>
      logprob === null ? [] : [{ range, level: levelOf(logprob) }],
    )
  const of = (level: Level): Range[] =>
    tokens.filter((each) => each.level === level).map(({ range }) => range)
  const [veryLikely, likely, unsure, unlikely] = LEVELS.map(of)
  return {
    veryLikely: veryLikely ?? [],
    likely: likely ?? [],
    unsure: unsure ?? [],
    unlikely: unlikely ?? [],
  }
}
