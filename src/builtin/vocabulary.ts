import { tokensOf } from './tokens.ts'

/** Ends a document. It comes between files, and where a completion is over. */
export const endOfText = 256

/**
 * The ids of tokens: 0…255 are bytes, then comes `endOfText`, then every token in the order in which
 * it was first read. An id keeps its meaning for the life of the server.
 *
 * The token of a line end says how its line is indented against the line before: `=`, `+` what is
 * added, or `-` what is taken away. So a block reads the same at any depth.
 */
export class Vocabulary {
  #keys: string[] = [...Array<string>(256).fill(''), '<|endoftext|>']
  #ids = new Map<string, number>()
  readonly #most: number

  constructor(most = 2 ** 18) {
    this.#most = most
  }

  get size(): number {
    return this.#keys.length
  }

  /** Reads a text, and learns its tokens unless the vocabulary is full: those are then bytes. */
  encode(text: string, learn = true): number[] {
    const ids: number[] = []
    let indentation = ''
    for (const token of tokensOf(text)) {
      const next = token.startsWith('\n') ? token.replaceAll('\n', '') : undefined
      const key = next === undefined ? token : lineKey(token, indentation, next)
      const id = this.#ids.get(key) ?? this.#learn(key, learn)
      if (id === undefined) ids.push(...Buffer.from(token))
      else ids.push(id)
      if (id !== undefined && next !== undefined) indentation = next
    }
    return ids
  }

  #learn(key: string, learn: boolean): number | undefined {
    // Half a surrogate pair cannot be written in bytes.
    if ((!learn || this.size >= this.#most) && key.isWellFormed()) return undefined
    this.#ids.set(key, this.size)
    return this.#keys.push(key) - 1
  }

  /** What a token writes in a line with this indentation. Bytes are for a `Writer` to join. */
  text(id: number, indentation: string): string {
    const key = this.#keys[id] ?? ''
    if (!key.startsWith('\n')) return key
    const sign = key.search(/[^\n]/)
    const [ends, delta] = [key.slice(0, sign), key.slice(sign + 1)]
    if (key[sign] === '-') {
      const kept = indentation.endsWith(delta) ? indentation.length - delta.length : 0
      return ends + indentation.slice(0, kept)
    }
    return key[sign] === '!' ? ends + delta : ends + indentation + delta
  }

  isLineEnd(id: number): boolean {
    return this.#keys[id]?.startsWith('\n') ?? false
  }

  isBlank(id: number): boolean {
    return this.isLineEnd(id) || (id > endOfText && this.#keys[id]?.trim() === '')
  }

  decode(ids: Iterable<number>): string {
    const writer = new Writer(this)
    let text = ''
    for (const id of ids) text += writer.write(id)
    return text + writer.end()
  }
}

function lineKey(token: string, before: string, after: string): string {
  const ends = token.slice(0, token.length - after.length)
  if (after.startsWith(before)) return `${ends}+${after.slice(before.length)}`
  if (before.startsWith(after)) return `${ends}-${before.slice(after.length)}`
  return `${ends}!${after}`
}

/** Writes tokens one after the other: it knows the indentation, and joins bytes to characters. */
export class Writer {
  readonly #vocabulary: Vocabulary
  #bytes = new TextDecoder('utf-8', { ignoreBOM: true })
  #inCharacter = false
  indentation: string

  constructor(vocabulary: Vocabulary, indentation = '') {
    this.#vocabulary = vocabulary
    this.indentation = indentation
  }

  /** The characters that are whole with this token. */
  write(id: number): string {
    if (id < 256) {
      this.#inCharacter = true
      return this.#bytes.decode(Uint8Array.of(id), { stream: true })
    }
    const held = this.end()
    const text = this.#vocabulary.text(id, this.indentation)
    if (this.#vocabulary.isLineEnd(id)) this.indentation = text.replaceAll('\n', '')
    return held + text
  }

  /** What is left of a character that was never finished. */
  end(): string {
    if (!this.#inCharacter) return ''
    this.#inCharacter = false
    return this.#bytes.decode()
  }
}
