import { middle } from './figure.ts'

/** How long after its sending each token is in the document, in ms, from the least to the most */
export interface Lag {
  name: string
  infill: number[]
  floor: number[]
}

/** In ms */
const BOUNDS = { median: 35, most: 60 }

export function isLagMet({ infill }: Lag): boolean {
  return middle(infill) <= BOUNDS.median && (infill.at(-1) ?? 0) <= BOUNDS.most
}

/** Whether the lag is near that of a bare extension, whatever else the machine does */
export function isNearFloor({ infill, floor }: Lag): boolean {
  return middle(infill) <= middle(floor) * 1.5 + 10
}

export function lagRow(lag: Lag): string {
  const { name, infill, floor } = lag
  const bound = `(≤ ${BOUNDS.median}, ≤ ${BOUNDS.most} ms)`
  return [
    name.padEnd(50),
    medianAndMost(infill).padEnd(24),
    medianAndMost(floor).padEnd(24),
    bound,
    isLagMet(lag) ? '' : 'MISSED',
  ].join('  ')
}

function medianAndMost(values: readonly number[]): string {
  return `${middle(values).toFixed(1)}, ≤ ${(values.at(-1) ?? 0).toFixed(1)}`
}
