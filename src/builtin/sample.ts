import type { Distribution } from './distribution.ts'

export interface Sampling {
  readonly temperature: number
  readonly top_p: number
  readonly presence_penalty: number
  readonly frequency_penalty: number
  readonly logit_bias: ReadonlyMap<number, number>
}

/** Numbers from 0 to below 1. */
export type Random = () => number

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = Math.trunc(seed) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Weighted {
  readonly id: number
  readonly weight: number
}

/**
 * Draws a token: first the penalties and the bias act on the logits, then the temperature, then top_p.
 * @param written how often each token has been written in this completion
 * @param allowed the only tokens that may come, if not all may
 */
export function draw(
  distribution: Distribution,
  sampling: Sampling,
  written: ReadonlyMap<number, number>,
  random: Random,
  allowed?: readonly number[],
): number {
  const { temperature, presence_penalty, frequency_penalty, logit_bias } = sampling
  const everyId = (): number[] => [...distribution.base.p.keys()]
  const isAdjusted =
    logit_bias.size > 0 || (written.size > 0 && (presence_penalty !== 0 || frequency_penalty !== 0))
  const logit = (id: number): number => {
    const count = written.get(id) ?? 0
    const penalty = count === 0 ? 0 : presence_penalty + count * frequency_penalty
    return Math.log(distribution.p(id)) - penalty + (logit_bias.get(id) ?? 0)
  }
  // Without adjustments the tokens that have no extra can be treated as one; see `others`.
  const few = allowed ?? (isAdjusted ? everyId() : distribution.ids())
  const isAll = allowed !== undefined || isAdjusted
  const best = likeliest(few, logit)
  if (temperature === 0) return best
  const most = logit(best)
  const weigh = (ids: Iterable<number>): Weighted[] =>
    Array.from(ids, (id) => ({ id, weight: Math.exp((logit(id) - most) / temperature) }))
  const known = weigh(few)
  const rest = isAll ? noOthers : others(distribution, known, temperature, most)
  if (sampling.top_p < 1) {
    const kept =
      nucleus(known, rest, sampling.top_p) ?? nucleus(weigh(everyId()), noOthers, sampling.top_p)
    const sum = (kept ?? known).reduce((all, { weight }) => all + weight, 0)
    return pick(kept ?? known, random() * sum) ?? best
  }
  const total = known.reduce((all, { weight }) => all + weight, rest.sum)
  const point = random() * total
  const id = pick(known, point)
  if (id !== undefined || isAll) return id ?? best
  const ids = new Set(few)
  return pick(weigh(everyId().filter((each) => !ids.has(each))), point - total + rest.sum) ?? best
}

function likeliest(ids: Iterable<number>, logit: (id: number) => number): number {
  let best = 0
  let most = -Infinity
  for (const id of ids) {
    const value = logit(id)
    if (value > most) [best, most] = [id, value]
  }
  return best
}

/** The tokens that are not known one by one. */
interface Others {
  readonly sum: number
  /** No one of them weighs more. */
  readonly most: number
}

const noOthers: Others = { sum: 0, most: 0 }

function others(
  { base, scale }: Distribution,
  known: readonly Weighted[],
  temperature: number,
  most: number,
): Others {
  const exponent = 1 / temperature
  const ofKnown = known.reduce((sum, { id }) => sum + (base.p[id] ?? 0) ** exponent, 0)
  const factor = Math.exp((Math.log(scale) - most) / temperature)
  return {
    sum: Math.max(0, base.powerSum(exponent) - ofKnown) * factor,
    most: (base.p[base.top.at(-1) ?? 0] ?? 0) ** exponent * factor,
  }
}

/** The likeliest tokens that have `top_p` of the weight; undefined if there may be some of the others among them. */
function nucleus(
  known: readonly Weighted[],
  rest: Others,
  top_p: number,
): readonly Weighted[] | undefined {
  const sorted = known.toSorted((a, b) => b.weight - a.weight)
  const total = known.reduce((all, { weight }) => all + weight, rest.sum)
  let sum = 0
  const last = sorted.findIndex(({ weight }) => (sum += weight) >= top_p * total)
  const isSure = last !== -1 && (sorted[last]?.weight ?? 0) >= rest.most
  if (!isSure && rest.sum > 0) return undefined
  return sorted.slice(0, last === -1 ? sorted.length : last + 1)
}

function pick(tokens: readonly Weighted[], point: number): number | undefined {
  let left = point
  for (const { id, weight } of tokens) {
    left -= weight
    if (left < 0) return id
  }
  return undefined
}
