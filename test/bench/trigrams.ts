import type { Base } from '../../src/builtin/distribution.ts'

/** A plain trigram model with Witten-Bell back-off and no caches, for comparison. */
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

  p(ids: readonly number[], at: number, id: number, base: Base): number {
    let p = base.p[id] ?? 0
    for (const context of contexts(ids, at)) {
      const counts = this.#followers.get(context)
      if (counts === undefined) break
      p =
        ((counts.get(id) ?? 0) + counts.size * p) / ((this.#totals.get(context) ?? 0) + counts.size)
    }
    return p
  }

  /** The likeliest token is among these. */
  candidates(ids: readonly number[], at: number, base: Base): Set<number> {
    const found = new Set(base.top)
    for (const context of contexts(ids, at)) {
      for (const id of this.#followers.get(context)?.keys() ?? []) found.add(id)
    }
    return found
  }
}

/** The one and the two tokens before a place. */
function contexts(ids: readonly number[], at: number): string[] {
  return at === 0
    ? []
    : at === 1
      ? [`${ids[0]}`]
      : [`${ids[at - 1]}`, `${ids[at - 2]} ${ids[at - 1]}`]
}
