import { randomFrom } from './random.ts'
import type { TaskResult } from './taskResult.ts'

/** The difference of two runs in one figure: of the second less the first. */
export interface Difference {
  readonly figure: (typeof FIGURES)[number]
  /** How many tasks of both have the figure: `passed` is known of those with a test only */
  readonly tasks: number
  readonly first: number
  readonly second: number
  readonly difference: number
  /** The interval that has the true difference in 95 % of such comparisons */
  readonly low: number
  readonly high: number
}

const FIGURES = ['exact', 'similarity', 'firstLine', 'kept', 'passed'] as const

/**
 * Compares two runs by the tasks that both have, with a paired bootstrap: the differences of the tasks are
 * drawn again, with replacement, and the interval is that of the means of 10,000 such samples.
 *
 * @param seed the same seed gives the same intervals
 * @returns nothing when the runs have no task in common
 */
export function compare(
  first: readonly TaskResult[],
  second: readonly TaskResult[],
  seed: number,
): { tasks: number; differences: Difference[] } {
  const others = new Map(second.map((result) => [result.id, result]))
  const pairs = first.flatMap((one) => {
    const other = others.get(one.id)
    return other === undefined ? [] : [{ one, other }]
  })
  if (pairs.length === 0) return { tasks: 0, differences: [] }
  const differences = FIGURES.flatMap((figure): Difference[] => {
    const known = pairs.filter(({ one, other }) => one[figure] !== null && other[figure] !== null)
    if (known.length === 0) return []
    const a = known.map(({ one }) => Number(one[figure]))
    const b = known.map(({ other }) => Number(other[figure]))
    const means = sampledMeans(
      a.map((value, index) => (b[index] ?? 0) - value),
      randomFrom(seed),
    )
    return [
      {
        figure,
        tasks: known.length,
        first: mean(a),
        second: mean(b),
        difference: mean(b) - mean(a),
        low: means[Math.floor(SAMPLES * 0.025)] ?? 0,
        high: means[Math.ceil(SAMPLES * 0.975) - 1] ?? 0,
      },
    ]
  })
  return { tasks: pairs.length, differences }
}

const SAMPLES = 10_000

/** Sorted */
function sampledMeans(values: readonly number[], random: () => number): Float64Array {
  const means = new Float64Array(SAMPLES)
  for (let sample = 0; sample < SAMPLES; sample++) {
    let sum = 0
    for (let drawn = 0; drawn < values.length; drawn++) {
      sum += values[Math.floor(random() * values.length)] ?? 0
    }
    means[sample] = sum / values.length
  }
  return means.toSorted()
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
