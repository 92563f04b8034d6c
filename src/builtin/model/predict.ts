import { chainOrders, longestContext, type History } from './history.ts'
import { endOfText } from './vocabulary.ts'

/** What followed a context somewhere, and what that counts. Undefined: it does not count at all. */
export type Reading = (history: History, position: number) => Follower | undefined
interface Follower {
  readonly token: number
  readonly weight: number
}

/** What follows a place is the token after it. */
const plain: Reading = ({ tokens }, position) => ({ token: tokens[position + 1] ?? 0, weight: 1 })

/** What a count is worth. Less than 1, since the same place counts in every order up to its length. */
const confidence = 0.2

/** The frequency of each token in the caches, with some room for every other one and for spelling in bytes. */
export function frequencies(caches: readonly History[], vocabularySize: number): Float64Array {
  const p = new Float64Array(vocabularySize)
  for (const { counts } of caches) {
    for (const id of p.keys()) p[id] = (p[id] ?? 0) + (counts[id] ?? 0)
  }
  const total = p.reduce((sum, count) => sum + count, 0)
  const types = p.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 1)
  return p.map((count, id) => {
    const other = id < endOfText ? 0.5 / endOfText : 0.5 / (p.length - endOfText)
    return (count + types * other) / (total + types)
  })
}

/**
 * The probability of every token after a context. Longer contexts count over shorter ones, and of
 * equally long ones those of a nearer cache over those of a farther.
 * @param caches from the farthest to the nearest
 * @param base the probabilities without any context
 */
export function predict(
  context: readonly number[],
  caches: readonly History[],
  base: Float64Array,
  read: Reading = plain,
): Float64Array {
  const p = base.slice()
  // All probabilities are this times what is in `p`: so a mix touches only the tokens that it counts.
  let scale = 1
  for (const [chain, shortest] of chainOrders.entries()) {
    const found = caches.map((cache) =>
      cache.places(context, chain).flatMap(({ position, length }) => {
        const follower = read(cache, position)
        return follower === undefined ? [] : [{ ...follower, length }]
      }),
    )
    const next = chainOrders[chain + 1] ?? longestContext + 1
    for (let order = shortest; order < next; order++) {
      for (const each of found) {
        const counts = new Map<number, number>()
        let total = 0
        for (const { token, weight, length } of each) {
          if (length < order) continue
          counts.set(token, (counts.get(token) ?? 0) + weight)
          total += weight
        }
        if (total === 0) continue
        // Witten and Bell: the more different tokens have followed, the likelier another one is.
        const room = counts.size / (total * confidence + counts.size)
        scale *= room
        for (const [id, count] of counts) {
          p[id] = (p[id] ?? 0) + ((1 - room) * count) / total / scale
        }
      }
    }
  }
  return p.map((each) => each * scale)
}
