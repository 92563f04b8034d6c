import { middle } from './figure.ts'

export interface Lag {
  name: string
  /** How long after its sending each token is in the document, in ms, from the least to the most */
  values: number[]
}

/** In ms */
const BOUNDS = { median: 35, most: 60 }

/** @param late how many tokens may come later than the bound, where the machine has other work as well */
export function isLagMet({ values }: Lag, late = 0): boolean {
  return middle(values) <= BOUNDS.median && (values.at(-1 - late) ?? 0) <= BOUNDS.most
}

export function lagRow(lag: Lag): string {
  const { name, values } = lag
  const bound = `(≤ ${BOUNDS.median}, ≤ ${BOUNDS.most} ms)`
  const found = `${middle(values).toFixed(1)}, at most ${(values.at(-1) ?? 0).toFixed(1)} ms`
  return `${name.padEnd(50)}  ${found} ${bound}${isLagMet(lag) ? '' : '  MISSED'}`
}
