/** Pseudo-random numbers (mulberry32). The same seed gives the same numbers, so that failures can be reproduced. */
export interface Random {
  /** An integer from 0 to `end - 1` */
  below(end: number): number
  pick<T>(values: readonly T[]): T
}

export function random(seed: number): Random {
  let state = seed
  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return {
    below,
    pick: (values) => {
      const value = values[below(values.length)]
      if (value === undefined) throw new Error('Cannot pick from an empty list')
      return value
    },
  }
}
