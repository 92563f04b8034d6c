import { middle } from './figure.ts'

/** How long after its sending each token is in the document, in ms, from the least to the most */
export interface Lag {
  name: string
  infill: number[]
  floor: number[]
}

/** In ms, and for the most also of the floor: VS Code itself may keep an edit waiting for longer. */
const BOUNDS = { median: 35, most: 60, ofFloor: 1.5 }

export function isLagMet({ infill, floor }: Lag): boolean {
  const most = Math.max(BOUNDS.most, mostOf(floor) * BOUNDS.ofFloor)
  return middle(infill) <= BOUNDS.median && mostOf(infill) <= most
}

function mostOf(values: readonly number[]): number {
  return values.at(-1) ?? 0
}

/** Whether the lag is near that of a bare extension, whatever else the machine does */
export function isNearFloor({ infill, floor }: Lag): boolean {
  return middle(infill) <= middle(floor) * 1.5 + 10
}

export function lagRow(lag: Lag): string {
  const { name, infill, floor } = lag
  const bound = `(≤ ${BOUNDS.median}, ≤ ${BOUNDS.most} ms or ${BOUNDS.ofFloor} ×)`
  return [
    name.padEnd(50),
    medianAndMost(infill).padEnd(24),
    medianAndMost(floor).padEnd(24),
    bound,
    isLagMet(lag) ? '' : 'MISSED',
  ].join('  ')
}

function medianAndMost(values: readonly number[]): string {
  return `${middle(values).toFixed(1)}, ≤ ${mostOf(values).toFixed(1)}`
}
