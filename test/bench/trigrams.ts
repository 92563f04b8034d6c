/** A plain trigram model with Witten-Bell back-off and without caches, for comparison */
export class Trigrams {
  readonly #followers = new Map<string, Map<number, number>>()
  readonly #totals = new Map<string, number>()

  read(ids: readonly number[]): void {
    for (const [at, id] of ids.entries()) {
      for (const context of contexts(ids, at)) {
        const counts = this.#followers.get(context) ?? new Map<number, number>()
        counts.set(id, (counts.get(id) ?? 0) + 1)
        this.#followers.set(context, counts)
        this.#totals.set(context, (this.#totals.get(context) ?? 0) + 1)
      }
    }
  }

  /** The probability of each token after the first `at` tokens of `ids` */
  predict(ids: readonly number[], at: number, base: Float64Array): Float64Array {
    let p = base
    for (const context of contexts(ids, at)) {
      const counts = this.#followers.get(context)
      if (counts === undefined) break
      const total = (this.#totals.get(context) ?? 0) + counts.size
      p = p.map((each, id) => ((counts.get(id) ?? 0) + counts.size * each) / total)
    }
    return p
  }
}

/** The keys of the contexts before a position: one token, and two tokens */
function contexts(ids: readonly number[], at: number): string[] {
  return at === 0
    ? []
    : at === 1
      ? [`${ids[0]}`]
      : [`${ids[at - 1]}`, `${ids[at - 2]} ${ids[at - 1]}`]
}
