export interface Sampling {
  readonly temperature: number
  readonly top_p: number
  readonly presence_penalty: number
  readonly frequency_penalty: number
  readonly logit_bias: ReadonlyMap<number, number>
}

/** Returns numbers from 0 up to, but not including, 1. */
export type Random = () => number

/** A pseudorandom generator: the same seed gives the same numbers (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Space that is used again for each token: it is a megabyte in a large workspace. */
export interface Scratch {
  readonly logits: Float64Array
  readonly weights: Float64Array
}

export function scratchFor(size: number): Scratch {
  return { logits: new Float64Array(size), weights: new Float64Array(size) }
}

/**
 * Samples a token. Penalties and bias change the logits first, then the temperature applies, then
 * top_p. With temperature 0 it is the likeliest token.
 * @param p the probability of each token, by id
 * @param written the tokens of this completion so far
 * @returns the id of the token
 */
export function draw(
  p: Float64Array,
  sampling: Sampling,
  written: readonly number[],
  random: Random,
  { logits, weights } = scratchFor(p.length),
): number {
  const { temperature, top_p, presence_penalty, frequency_penalty, logit_bias } = sampling
  // Loops, not `map` and `reduce`: there are tens of thousands of ids for each token.
  for (let id = 0; id < p.length; id++) logits[id] = Math.log(p[id] ?? 0)
  for (const id of new Set(written)) logits[id] = (logits[id] ?? 0) - presence_penalty
  for (const id of written) logits[id] = (logits[id] ?? 0) - frequency_penalty
  for (const [id, bias] of logit_bias) logits[id] = (logits[id] ?? 0) + bias
  const [best = 0] = likeliest(logits, 1)
  if (temperature === 0) return best
  const highest = logits[best] ?? 0
  let total = 0
  for (let id = 0; id < p.length; id++) {
    const weight = Math.exp(((logits[id] ?? 0) - highest) / temperature)
    weights[id] = weight
    total += weight
  }
  if (top_p === 1) return pickAny(weights, random() * total) ?? best
  // Only tokens of at least this weight can be in the nucleus: even if all tokens weighed less than
  // this, they would together weigh less than what top_p cuts off. This keeps sorting fast.
  const least = ((1 - top_p) * total) / weights.length
  let kept = 0
  const nucleus: number[] = []
  const sorted = [...weights.keys()].filter((id) => (weights[id] ?? 0) >= least)
  for (const id of sorted.toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))) {
    nucleus.push(id)
    kept += weights[id] ?? 0
    if (kept >= top_p * total) break
  }
  return pick(nucleus, weights, random() * kept) ?? best
}

/** The ids with the largest values, in descending order of value; fewer where there are fewer. */
export function likeliest(values: Float64Array, count: number): number[] {
  const found: number[] = []
  while (found.length < count) {
    let best = -1
    let most = -Infinity
    for (let id = 0; id < values.length; id++) {
      const value = values[id] ?? 0
      if (value > most && !found.includes(id)) {
        best = id
        most = value
      }
    }
    if (best === -1) break
    found.push(best)
  }
  return found
}

/** As `pick`, of all ids */
function pickAny(weights: Float64Array, point: number): number | undefined {
  let left = point
  for (let id = 0; id < weights.length; id++) {
    left -= weights[id] ?? 0
    if (left < 0) return id
  }
  return undefined
}

/** The id whose interval of cumulated weights contains the point; undefined past the last one. */
function pick(ids: Iterable<number>, weights: Float64Array, point: number): number | undefined {
  let left = point
  for (const id of ids) {
    left -= weights[id] ?? 0
    if (left < 0) return id
  }
  return undefined
}
