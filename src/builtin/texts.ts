import { History } from './history.ts'
import { endOfText } from './vocabulary.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** One cache: texts by name in a history that forgets those that are replaced. */
export class Texts {
  history: History
  readonly #heads: number
  readonly #spans = new Map<string, Span>()
  #removed = 0

  /** @param heads about as many as there will be tokens, which makes the chains short */
  constructor(heads = 2 ** 20) {
    this.#heads = heads
    this.history = new History(heads)
  }

  put(name: string, ids: Iterable<number>): void {
    this.take(name)
    const start = this.history.length
    this.history.push(endOfText)
    for (const id of ids) this.history.push(id)
    this.#spans.set(name, { start, end: this.history.length })
  }

  /** Removes a text. @returns its ids, if it was there */
  take(name: string): Uint32Array | undefined {
    const span = this.#spans.get(name)
    if (span === undefined) return undefined
    const ids = this.history.tokens.slice(span.start + 1, span.end)
    this.history.remove(span.start, span.end)
    this.#removed += span.end - span.start
    this.#spans.delete(name)
    return ids
  }

  names(): Iterable<string> {
    return this.#spans.keys()
  }

  /** Writes the history anew when more than half of it is of texts that are gone. @param pause is awaited after each text */
  async tidy(pause: () => Promise<void>): Promise<void> {
    if (this.#removed <= this.history.length / 2) return
    const fresh = new History(this.#heads)
    const spans: [string, Span][] = []
    for (const [name, { start, end }] of this.#spans) {
      spans.push([name, { start: fresh.length, end: fresh.length + end - start }])
      for (let at = start; at < end; at++) fresh.push(this.history.tokens[at] ?? 0)
      await pause()
    }
    this.history = fresh
    this.#removed = 0
    for (const [name, span] of spans) this.#spans.set(name, span)
  }
}
