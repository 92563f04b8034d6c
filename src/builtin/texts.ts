import { History } from './model/history.ts'
import { END_OF_TEXT } from './model/vocabulary.ts'

/** One cache of the model: named texts in a history. Replaced texts are removed from it. */
export class Texts {
  readonly history: History
  readonly #size: number
  readonly #texts = new Map<string, { readonly start: number; readonly ids: Int32Array }>()

  /** @param size expected number of tokens */
  constructor(size = 2 ** 20) {
    this.#size = size
    this.history = new History(size)
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()]
  }

  /** The token ids of a text */
  ids(name: string): Int32Array | undefined {
    return this.#texts.get(name)?.ids
  }

  /** Adds a text, or replaces the one of the same name. */
  put(name: string, ids: Int32Array): void {
    this.delete(name)
    this.#texts.set(name, { start: this.history.length, ids })
    this.history.push(END_OF_TEXT)
    this.history.pushAll(ids)
  }

  delete(name: string): void {
    const text = this.#texts.get(name)
    if (text === undefined) return
    this.history.remove(text.start, text.start + text.ids.length + 1)
    this.#texts.delete(name)
  }

  /**
   * The same texts in a new history, if removed texts take up at least half of this one; else this.
   * @param pause is awaited after each text
   */
  async compacted(pause: () => Promise<void>): Promise<Texts> {
    const length = [...this.#texts.values()].reduce((sum, { ids }) => sum + ids.length + 1, 0)
    if (this.history.length <= 2 * length) return this
    const fresh = new Texts(this.#size)
    for (const [name, { ids }] of this.#texts) {
      fresh.put(name, ids)
      await pause()
    }
    return fresh
  }
}
