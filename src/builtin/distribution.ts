import { chainOrders, longestContext, type History } from './history.ts'
import { endOfText } from './vocabulary.ts'

/** What followed a context somewhere, and what that counts. Undefined: it does not count at all. */
export type Reading = (history: History, position: number) => Follower | undefined
export interface Follower {
  readonly token: number
  readonly weight: number
}

/** What follows a place is the token after it. */
export const plain: Reading = ({ tokens }, position) => ({
  token: tokens[position + 1] ?? 0,
  weight: 1,
})

/** Tokens without any context: how likely each is. */
export interface Base {
  readonly p: Float64Array
  /** The likeliest ones. */
  readonly top: readonly number[]
  /** The sum of p to the power of `exponent` over all tokens. */
  powerSum(exponent: number): number
}

const topSize = 48
/** Of these, the ones that are common enough to be missed where they do not follow. */
const doubted = 32
/** What a count is worth. Less than 1, since the same place counts in every order up to its length. */
const confidence = 0.2

/** The frequency of each token in the caches, with some room for every other one and for spelling in bytes. */
export function baseOf(caches: readonly History[], vocabularySize: number): Base {
  const p = new Float64Array(vocabularySize)
  let total = 0
  for (const { counts } of caches) {
    for (let id = 0; id < counts.length && id < p.length; id++) {
      p[id] = (p[id] ?? 0) + (counts[id] ?? 0)
      total += counts[id] ?? 0
    }
  }
  const types = p.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 1)
  for (let id = 0; id < p.length; id++) {
    const other = id < endOfText ? 0.5 / endOfText : 0.5 / (p.length - endOfText)
    p[id] = ((p[id] ?? 0) + types * other) / (total + types)
  }
  const sums = new Map<number, number>()
  return {
    p,
    top: likeliest(p, topSize),
    powerSum(exponent) {
      const sum = sums.get(exponent) ?? p.reduce((all, each) => all + each ** exponent, 0)
      sums.set(exponent, sum)
      return sum
    },
  }
}

function likeliest(p: Float64Array, size: number): number[] {
  const top: number[] = []
  let least = 0
  for (let id = 0; id < p.length; id++) {
    if ((p[id] ?? 0) <= least && top.length === size) continue
    top.push(id)
    top.sort((a, b) => (p[b] ?? 0) - (p[a] ?? 0))
    top.length = Math.min(top.length, size)
    least = p[top.at(-1) ?? 0] ?? 0
  }
  return top
}

/**
 * The probability of every token: `scale * (base + extra)`. Only the tokens that were seen after
 * some end of the context have an extra, so making one costs little, however large the vocabulary.
 */
export class Distribution {
  readonly base: Base
  readonly extra = new Map<number, number>()
  scale = 1

  constructor(base: Base) {
    this.base = base
  }

  p(id: number): number {
    return this.scale * ((this.base.p[id] ?? 0) + (this.extra.get(id) ?? 0))
  }

  /** The tokens that have an extra, and the likeliest of the others: no other one is as likely as the best of these. */
  ids(): Set<number> {
    return new Set([...this.extra.keys(), ...this.base.top])
  }

  /** A common token that did not follow once in so many times is less likely than its frequency says. */
  doubt(found: readonly Follower[]): void {
    const seen = new Set(found.map(({ token }) => token))
    let lost = 0
    for (const id of this.base.top.slice(0, doubted)) {
      const p = this.base.p[id] ?? 0
      if (seen.has(id)) continue
      const loss = p - p / (1 + found.length * p)
      this.extra.set(id, -loss)
      lost += loss
    }
    this.scale /= 1 - lost
  }

  /** Tokens that were counted take their share of the probability, and leave the rest to what was there before. */
  mix(counts: ReadonlyMap<number, number>): void {
    let total = 0
    for (const count of counts.values()) total += count
    // Witten and Bell: the more different tokens have followed, the likelier another one is.
    const room = counts.size / (total * confidence + counts.size)
    this.scale *= room
    for (const [id, count] of counts) {
      const share = ((1 - room) * count) / total / this.scale
      this.extra.set(id, (this.extra.get(id) ?? 0) + share)
    }
  }
}

/**
 * The distribution of the token after `context`. Longer contexts count over shorter ones, and of
 * equally long ones those of a nearer cache over those of a farther.
 * @param caches from the farthest to the nearest
 */
export function predict(
  context: ArrayLike<number>,
  end: number,
  caches: readonly History[],
  base: Base,
  read: Reading = plain,
): Distribution {
  const distribution = new Distribution(base)
  for (const [chain, shortest] of chainOrders.entries()) {
    const found = caches.map((cache) => followersIn(cache, context, end, chain, read))
    if (chain === 0) distribution.doubt(found.flat())
    const next = chainOrders[chain + 1] ?? longestContext + 1
    for (let order = shortest; order < next; order++) {
      for (const each of found) {
        const ofOrder = each.filter(({ length }) => length >= order)
        if (ofOrder.length > 0) distribution.mix(countsOf(ofOrder))
      }
    }
  }
  return distribution
}

interface Found extends Follower {
  readonly length: number
}

function followersIn(
  cache: History,
  context: ArrayLike<number>,
  end: number,
  chain: number,
  read: Reading,
): Found[] {
  const found: Found[] = []
  cache.places(context, end, chain, (position, length) => {
    const follower = read(cache, position)
    if (follower !== undefined) found.push({ ...follower, length })
  })
  return found
}

function countsOf(followers: readonly Follower[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { token, weight } of followers) counts.set(token, (counts.get(token) ?? 0) + weight)
  return counts
}
