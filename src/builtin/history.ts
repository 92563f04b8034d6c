/** Contexts of these many tokens are found directly; the places of one are compared for longer ones. */
export const chainOrders = [1, 3, 6] as const
/** Tokens that are compared at most: by then it is the same text. */
export const longestContext = 12
/** The newest places of a context say enough. */
const mostPlaces = 256
/** Stands for the tokens of a text that was taken away. It is no id, so nothing is like it. */
const removed = 0xffff_ffff

/** A place in the history whose tokens up to `position` are like the context, `length` of them. */
export type Visit = (position: number, length: number) => void

/**
 * The tokens of some texts, and for each place the one before it that ends in the same 1, 3 and 6
 * tokens. One walk along such a chain finds what followed a context each time: the counts of an
 * n-gram model of every order, in some 24 bytes a token and without a table of n-grams.
 */
export class History {
  tokens = new Uint32Array(1024)
  length = 0
  /** How often each token occurs, by id. */
  counts = new Uint32Array(1024)
  readonly #chains: readonly Chain[]

  /** @param heads a power of two: the more tokens there will be, the larger */
  constructor(heads = 4096) {
    this.#chains = chainOrders.map((order) => ({
      order,
      heads: new Int32Array(heads).fill(-1),
      before: new Int32Array(1024),
    }))
  }

  get bytes(): number {
    const ofChains = this.#chains.map(({ heads, before }) => heads.byteLength + before.byteLength)
    return ofChains.reduce((a, b) => a + b, this.tokens.byteLength + this.counts.byteLength)
  }

  push(token: number): void {
    if (this.length === this.tokens.length) this.tokens = enlarged(this.tokens, 0)
    if (token >= this.counts.length) this.counts = enlarged(this.counts, token + 1)
    this.counts[token] = (this.counts[token] ?? 0) + 1
    const position = this.length++
    this.tokens[position] = token
    for (const chain of this.#chains) link(chain, this.tokens, position)
  }

  /** Takes back the last tokens. */
  truncate(length: number): void {
    while (this.length > length) {
      const position = --this.length
      for (const { order, heads, before } of this.#chains) {
        if (position + 1 < order) continue
        heads[hash(this.tokens, position + 1, order) % heads.length] = before[position] ?? -1
      }
      const token = this.tokens[position] ?? 0
      this.counts[token] = (this.counts[token] ?? 1) - 1
    }
  }

  /** Forgets a text. Its room is free again when the history is written anew. */
  remove(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      const token = this.tokens[at] ?? 0
      this.counts[token] = (this.counts[token] ?? 1) - 1
    }
    this.tokens.fill(removed, start, end)
  }

  /** Visits the newest places that are like the end of the context in at least `chainOrders[chain]` tokens. */
  places(
    context: ArrayLike<number>,
    end: number,
    chain: number,
    visit: Visit,
    most = mostPlaces,
  ): void {
    const found = this.#chains[chain]
    if (found === undefined || end < found.order) return
    const { order, heads, before } = found
    let position = heads[hash(context, end, order) % heads.length] ?? -1
    // Some of the places have only the hash in common, and most of these cost next to nothing.
    for (let visited = 0, left = 4 * most; position !== -1 && visited < most && left > 0; left--) {
      let length = 0
      const longest = Math.min(longestContext, end, position + 1)
      while (length < longest && this.tokens[position - length] === context[end - 1 - length])
        length++
      if (length >= order) {
        visited++
        const isFollowed = position + 1 < this.length && this.tokens[position + 1] !== removed
        if (isFollowed) visit(position, length)
      }
      position = before[position] ?? -1
    }
  }
}

interface Chain {
  readonly order: number
  /** The last place of each hash. */
  readonly heads: Int32Array
  /** For each place, the one before it with the same hash. */
  before: Int32Array<ArrayBuffer>
}

function link(chain: Chain, tokens: Uint32Array, position: number): void {
  const { order, heads } = chain
  if (position >= chain.before.length) chain.before = enlarged(chain.before, 0)
  if (position + 1 < order) return
  const at = hash(tokens, position + 1, order) % heads.length
  chain.before[position] = heads[at] ?? -1
  heads[at] = position
}

/** A number for the `order` tokens before `end`. */
function hash(tokens: ArrayLike<number>, end: number, order: number): number {
  let value = 0
  for (let at = end - order; at < end; at++) {
    value = Math.imul(value ^ (tokens[at] ?? 0), 0x9e3779b1)
    value ^= value >>> 15
  }
  return value >>> 0
}

function enlarged<T extends Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
  array: T,
  least: number,
): T
function enlarged(array: Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, least: number) {
  const size = Math.max(array.length * 2, least)
  const larger = array instanceof Int32Array ? new Int32Array(size) : new Uint32Array(size)
  larger.set(array)
  return larger
}
