/** A figure of Infill beside its floor, which was measured in the same run */
export interface Figure {
  name: string
  /** Of the values */
  unit: 'ms' | 'MB'
  infill: number[]
  floor: number[]
  /** The bound of the median is `floor × ratio + more`. */
  ratio: number
  more: number
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** @param tolerance 1, or more where the machine has other work as well */
export function isMet({ infill, floor, ratio, more }: Figure, tolerance = 1): boolean {
  return middle(infill) <= (middle(floor) * ratio + more) * tolerance
}

/** One line of a table: medians, the spread, the ratio and its bound */
export function rowOf(figure: Figure): string {
  const { name, infill, floor, ratio, more, unit } = figure
  const bound = more === 0 ? `${ratio} ×` : `${ratio} × + ${more} ${unit}`
  const found = `${(middle(infill) / middle(floor)).toFixed(2)} ×`
  return [
    name.padEnd(50),
    spread(infill).padEnd(24),
    spread(floor).padEnd(24),
    `${found} (${bound})`,
    isMet(figure) ? '' : 'MISSED',
  ].join('  ')
}

export const HEADER = [
  ''.padEnd(50),
  'Infill'.padEnd(24),
  'floor'.padEnd(24),
  'ratio of medians (bound)',
].join('  ')

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return `${middle(values).toFixed(1)} (${least.toFixed(1)}…${most.toFixed(1)})`
}
