/** Contexts of these many tokens are found directly; the places of one are compared for longer ones. */
export const chainOrders = [1, 2, 4] as const
/** Tokens that are compared at most: by then it is the same text. */
export const longestContext = 12
/** The newest places of a context say enough. */
const mostPlaces = 256
/** Stands for the tokens of a text that was taken away. It is no id, so nothing is like it. */
const removed = -1

/** Where a context was found: the last of its tokens, and how many of them are the same. */
export interface Place {
  readonly position: number
  readonly length: number
}

/**
 * The tokens of some texts, and for each place the one before it that ends in the same 1, 2 and 4
 * tokens. One walk along such a chain finds what followed a context each time: the counts of an
 * n-gram model of every order, in 16 bytes a token and without a table of n-grams.
 */
export class History {
  tokens = new Int32Array(1024)
  length = 0
  /** How often each token occurs, by id. */
  counts = new Int32Array(1024)
  /** For each place, the ones before it with the same hash, chain by chain. */
  #before = new Int32Array(1024 * chainOrders.length)
  /** The last place of each hash, chain by chain. */
  readonly #heads: Int32Array

  /** @param size about as many tokens as there will be: it makes the chains short */
  constructor(size = 4096) {
    this.#heads = new Int32Array(size * chainOrders.length).fill(-1)
  }

  get bytes(): number {
    const arrays = [this.tokens, this.counts, this.#before, this.#heads]
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  push(token: number): void {
    const position = this.length++
    if (position === this.tokens.length) {
      this.tokens = twice(this.tokens)
      this.#before = twice(this.#before)
    }
    this.tokens[position] = token
    while (token >= this.counts.length) this.counts = twice(this.counts)
    this.counts[token] = (this.counts[token] ?? 0) + 1
    for (let chain = 0; chain < chainOrders.length; chain++) {
      const head = this.#head(this.tokens, this.length, chain)
      this.#before[position * chainOrders.length + chain] = this.#heads[head] ?? -1
      this.#heads[head] = position
    }
  }

  /** Forgets a text. Its room is free again when the history is written anew. */
  remove(start: number, end: number): void {
    for (const token of this.tokens.subarray(start, end)) {
      this.counts[token] = (this.counts[token] ?? 0) - 1
    }
    this.tokens.fill(removed, start, end)
  }

  /** The newest places that are like the end of the context in at least `chainOrders[chain]` tokens. */
  places(context: readonly number[], chain: number): Place[] {
    const found: Place[] = []
    const end = context.length
    let position = this.#heads[this.#head(context, end, chain)] ?? -1
    // Some of the places have only the hash in common, and most of these cost next to nothing.
    for (let left = 4 * mostPlaces; position !== -1 && left > 0; left--) {
      const longest = Math.min(longestContext, end, position + 1)
      let length = 0
      while (length < longest && this.tokens[position - length] === context[end - 1 - length])
        length++
      const isFollowed = position + 1 < this.length && this.tokens[position + 1] !== removed
      if (length >= (chainOrders[chain] ?? 0) && isFollowed) found.push({ position, length })
      if (found.length === mostPlaces) break
      position = this.#before[position * chainOrders.length + chain] ?? -1
    }
    return found
  }

  /** Where the last place of a context is kept: by a hash of the tokens before `end`. */
  #head(tokens: ArrayLike<number>, end: number, chain: number): number {
    let hash = 0
    for (let at = end - (chainOrders[chain] ?? 0); at < end; at++) {
      hash = Math.imul(hash ^ (tokens[at] ?? 0), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return ((hash >>> 0) % (this.#heads.length / chainOrders.length)) * chainOrders.length + chain
  }
}

function twice(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
