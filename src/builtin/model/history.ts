/** Numbers of tokens for which matching contexts are indexed. Longer ones are found by comparison. */
export const CHAIN_ORDERS = [1, 2, 4] as const
/** Maximum number of tokens that are compared: longer matches are practically always copies. */
export const LONGEST_CONTEXT = 12
/** Maximum number of matches per context, newest first: older ones change little. */
const MAX_MATCHES = 256
/** Replaces the tokens of a removed text. It is not a token id, so it never matches. */
const REMOVED = -1

/** An earlier occurrence of the end of a context. */
export interface ContextMatch {
  /** Index of its last token in the history */
  readonly position: number
  /** Number of matching tokens, up to `LONGEST_CONTEXT` */
  readonly length: number
}

/**
 * The tokens of a number of texts. For each position it links to the previous one that ends in the
 * same 1, 2 and 4 tokens. Following such a chain finds every token that followed a context: the
 * counts of an n-gram model of every order, in 16 bytes per token and without a table of n-grams.
 */
export class History {
  tokens = new Int32Array(1024)
  length = 0
  /** Number of occurrences of each token, by id */
  counts = new Int32Array(1024)
  /** For each position and chain, the previous position with the same hash, or -1 */
  #previous = new Int32Array(1024 * CHAIN_ORDERS.length)
  /** For each hash and chain, the last position, or -1 */
  readonly #heads: Int32Array

  /** @param size expected number of tokens, a power of 2. A larger hash table makes the chains shorter. */
  constructor(size = 4096) {
    this.#heads = new Int32Array(size * CHAIN_ORDERS.length).fill(-1)
  }

  get bytes(): number {
    const arrays = [this.tokens, this.counts, this.#previous, this.#heads]
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  push(token: number): void {
    this.pushAll([token])
  }

  /** Appends tokens. Takes about half a second for ten million. */
  pushAll(added: ArrayLike<number>): void {
    this.#makeRoom(added)
    const { tokens, counts } = this
    const previous = this.#previous
    const heads = this.#heads
    const size = heads.length / CHAIN_ORDERS.length
    let third = tokens[this.length - 3] ?? 0
    let second = tokens[this.length - 2] ?? 0
    let first = tokens[this.length - 1] ?? 0
    for (let index = 0; index < added.length; index++) {
      const position = this.length++
      const token = added[index] ?? 0
      tokens[position] = token
      counts[token] = (counts[token] ?? 0) + 1
      // `#headIndex` for each of CHAIN_ORDERS, without its loops
      const two = step(step(0, first), token)
      const four = step(step(step(step(0, third), second), first), token)
      const at = position * CHAIN_ORDERS.length
      const [a, b, c] = [headOf(token, size, 0), headOf(two, size, 1), headOf(four, size, 2)]
      previous[at] = heads[a] ?? -1
      previous[at + 1] = heads[b] ?? -1
      previous[at + 2] = heads[c] ?? -1
      heads[a] = position
      heads[b] = position
      heads[c] = position
      third = second
      second = first
      first = token
    }
  }

  #makeRoom(added: ArrayLike<number>): void {
    while (this.length + added.length > this.tokens.length) {
      this.tokens = doubled(this.tokens)
      this.#previous = doubled(this.#previous)
    }
    let most = 0
    for (let index = 0; index < added.length; index++) most = Math.max(most, added[index] ?? 0)
    while (most >= this.counts.length) this.counts = doubled(this.counts)
  }

  /** Removes the tokens from `start` to `end`. Their memory is freed when the history is rebuilt. */
  remove(start: number, end: number): void {
    for (const token of this.tokens.subarray(start, end)) {
      this.counts[token] = (this.counts[token] ?? 0) - 1
    }
    this.tokens.fill(REMOVED, start, end)
  }

  /**
   * Finds the newest positions where at least the last `CHAIN_ORDERS[chain]` tokens of the context
   * occur and a token follows. Newest first.
   */
  matches(context: readonly number[], chain: number): ContextMatch[] {
    const found: ContextMatch[] = []
    const end = context.length
    let position = this.#heads[this.#headIndex(context, end, chain)] ?? -1
    // Some positions share only the hash. Skipping one is cheap, but their number is bounded too.
    for (let left = 4 * MAX_MATCHES; position !== -1 && left > 0; left--) {
      const longest = Math.min(LONGEST_CONTEXT, end, position + 1)
      let length = 0
      while (length < longest && this.tokens[position - length] === context[end - 1 - length])
        length++
      const isFollowed = position + 1 < this.length && this.tokens[position + 1] !== REMOVED
      if (length >= (CHAIN_ORDERS[chain] ?? 0) && isFollowed) found.push({ position, length })
      if (found.length === MAX_MATCHES) break
      position = this.#previous[position * CHAIN_ORDERS.length + chain] ?? -1
    }
    return found
  }

  /** Index into `#heads` for the tokens before `end`, by their hash */
  #headIndex(tokens: ArrayLike<number>, end: number, chain: number): number {
    let hash = 0
    const order = CHAIN_ORDERS[chain] ?? 0
    // Frequent tokens have small ids: their places in the table are neighbors.
    if (order === 1) hash = tokens[end - 1] ?? 0
    else for (let at = end - order; at < end; at++) hash = step(hash, tokens[at] ?? 0)
    return headOf(hash, this.#heads.length / CHAIN_ORDERS.length, chain)
  }
}

function step(hash: number, token: number): number {
  const next = Math.imul(hash ^ token, 0x9e3779b1)
  return next ^ (next >>> 15)
}

function headOf(hash: number, size: number, chain: number): number {
  return chain * size + (hash & (size - 1))
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2)
  larger.set(array)
  return larger
}
