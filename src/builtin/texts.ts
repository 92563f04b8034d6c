import { History } from './model/history.ts'
import { END_OF_TEXT } from './model/vocabulary.ts'

/** One cache: texts by name, in a history that forgets those that are replaced. */
export class Texts {
  readonly history: History
  readonly #size: number
  readonly #texts = new Map<string, { readonly start: number; readonly ids: Int32Array }>()

  /** @param size about as many tokens as there will be */
  constructor(size = 2 ** 20) {
    this.#size = size
    this.history = new History(size)
  }

  get names(): readonly string[] {
    return [...this.#texts.keys()]
  }

  ids(name: string): Int32Array | undefined {
    return this.#texts.get(name)?.ids
  }

  put(name: string, ids: Int32Array): void {
    this.drop(name)
    this.#texts.set(name, { start: this.history.length, ids })
    this.history.push(END_OF_TEXT)
    for (const id of ids) this.history.push(id)
  }

  drop(name: string): void {
    const text = this.#texts.get(name)
    if (text === undefined) return
    this.history.remove(text.start, text.start + text.ids.length + 1)
    this.#texts.delete(name)
  }

  /** The same texts without the room of those that are gone, if that is half of it. @param pause is awaited after each text */
  async tidied(pause: () => Promise<void>): Promise<Texts> {
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
