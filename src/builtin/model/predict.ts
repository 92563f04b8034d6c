import { CHAIN_ORDERS, LONGEST_CONTEXT, type History } from './history.ts'
import { END_OF_TEXT } from './vocabulary.ts'

/**
 * Reads which token follows a position of the history, and how much that occurrence counts.
 * Undefined: the occurrence is ignored.
 */
export type FollowerReader = (history: History, position: number) => Follower | undefined
interface Follower {
  readonly token: number
  readonly weight: number
}

/** The token after the position, counted once */
const nextToken: FollowerReader = ({ tokens }, position) => ({
  token: tokens[position + 1] ?? 0,
  weight: 1,
})

/** Weight of one count. Less than 1, because one occurrence counts in every order up to its length. */
const COUNT_WEIGHT = 0.2

/**
 * The frequency of each token in the caches, smoothed: every other token and every byte has a
 * probability above 0.
 */
export function frequencies(caches: readonly History[], vocabularySize: number): Float64Array {
  const p = new Float64Array(vocabularySize)
  for (const { counts } of caches) {
    for (let id = 0; id < p.length; id++) p[id] = (p[id] ?? 0) + (counts[id] ?? 0)
  }
  let [total, types] = [0, 1]
  for (let id = 0; id < p.length; id++) {
    const count = p[id] ?? 0
    total += count
    if (count > 0) types++
  }
  for (let id = 0; id < p.length; id++) {
    const other = id < END_OF_TEXT ? 0.5 / END_OF_TEXT : 0.5 / (p.length - END_OF_TEXT)
    p[id] = ((p[id] ?? 0) + types * other) / (total + types)
  }
  return p
}

/**
 * The probability of every token after a context. Longer contexts take precedence over shorter
 * ones. Among contexts of equal length, nearer caches take precedence over farther ones.
 * @param caches from the farthest to the nearest
 * @param base the probabilities without any context
 * @param p where the result is written
 * @returns `p`: probabilities by token id, which sum to 1
 */
export function predict(
  context: readonly number[],
  caches: readonly History[],
  base: Float64Array,
  read: FollowerReader = nextToken,
  p = new Float64Array(base.length),
): Float64Array {
  p.set(base)
  // The probabilities are `p` times this factor, so mixing in counts touches only counted tokens.
  let scale = 1
  for (const [chain, shortest] of CHAIN_ORDERS.entries()) {
    const found = caches.map((cache) =>
      cache.matches(context, chain).flatMap(({ position, length }) => {
        const follower = read(cache, position)
        return follower === undefined ? [] : [{ ...follower, length }]
      }),
    )
    const next = CHAIN_ORDERS[chain + 1] ?? LONGEST_CONTEXT + 1
    for (let order = shortest; order < next; order++) {
      for (const followers of found) {
        const counts = new Map<number, number>()
        let total = 0
        for (const { token, weight, length } of followers) {
          if (length < order) continue
          counts.set(token, (counts.get(token) ?? 0) + weight)
          total += weight
        }
        if (total === 0) continue
        // Witten-Bell smoothing: the more distinct tokens followed, the likelier is another one.
        const backOff = counts.size / (total * COUNT_WEIGHT + counts.size)
        scale *= backOff
        for (const [id, count] of counts) {
          p[id] = (p[id] ?? 0) + ((1 - backOff) * count) / total / scale
        }
      }
    }
  }
  for (let id = 0; id < p.length; id++) p[id] = (p[id] ?? 0) * scale
  return p
}
