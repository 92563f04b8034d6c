import { indentationAt, indentUnit, tokensOf } from './tokens.ts'

/** Ends a document. It comes between files, and where a completion is over. */
export const endOfText = 256

export type Kind = 'text' | 'opens' | 'closes' | 'blank' | 'line end'

/**
 * The ids of tokens: 0…255 are bytes, then comes `endOfText`, then every token in the order in which
 * it was first read. An id keeps its meaning for the life of the server.
 *
 * The token of a line end says how its line is indented against the line before: what is taken off
 * and what is added, in levels (→) if it can. So a block reads the same at any depth and in any style.
 */
export class Vocabulary {
  readonly #keys: string[] = [...Array<string>(256).fill(''), '<|endoftext|>']
  readonly #kinds: Kind[] = Array<Kind>(257).fill('text')
  readonly #ids = new Map<string, number>()
  readonly #units = new Map<string, number>([['  ', 0]])
  readonly #most: number

  constructor(most = 2 ** 18) {
    this.#most = most
  }

  get size(): number {
    return this.#keys.length
  }

  /** The level of indentation in most of the texts that were read. */
  get unit(): string {
    return [...this.#units].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
  }

  /** Reads a text of a file, and counts how it is indented. */
  learn(text: string): number[] {
    const unit = indentUnit(text)
    if (unit !== undefined) this.#units.set(unit, (this.#units.get(unit) ?? 0) + 1)
    return this.encode(text, unit)
  }

  /** Reads a text, and learns its tokens unless the vocabulary is full: those are then bytes. */
  encode(text: string, unit = this.unit): number[] {
    const ids: number[] = []
    let indentation = ''
    for (const token of tokensOf(text)) {
      const isLineEnd = token.startsWith('\n')
      const key = isLineEnd ? lineKey(token, indentation, unit) : token
      const id = this.#ids.get(key) ?? this.#add(key)
      if (id === undefined) ids.push(...Buffer.from(token))
      else ids.push(id)
      if (isLineEnd && id !== undefined) indentation = indentationAt(token)
    }
    return ids
  }

  #add(key: string): number | undefined {
    // Half a surrogate pair cannot be written in bytes.
    if (this.size >= this.#most && key.isWellFormed()) return undefined
    this.#ids.set(key, this.size)
    this.#kinds.push(kindOf(key))
    return this.#keys.push(key) - 1
  }

  /** What a token writes after a line with this indentation. Bytes are for a `Writer` to join. */
  text(id: number, indentation: string, unit: string): string {
    const key = this.#keys[id] ?? ''
    if (!key.startsWith('\n')) return key
    const [ends = '', less = '', more = ''] = key.replaceAll(level, unit).split(/[-+]/)
    return ends + indentation.slice(0, Math.max(0, indentation.length - less.length)) + more
  }

  kind(id: number): Kind {
    return this.#kinds[id] ?? 'text'
  }
}

const level = '→'

function lineKey(token: string, before: string, unit: string): string {
  const after = indentationAt(token)
  let common = 0
  while (common < before.length && before[common] === after[common]) common++
  const change = `-${before.slice(common)}+${after.slice(common)}`
  return token.slice(0, token.length - after.length) + change.replaceAll(unit, level)
}

function kindOf(key: string): Kind {
  if (key.startsWith('\n')) return 'line end'
  if (key.trim() === '') return 'blank'
  return '([{'.includes(key) ? 'opens' : ')]}'.includes(key) ? 'closes' : 'text'
}

/** Writes tokens one after the other: it knows the indentation, and joins bytes to characters. */
export class Writer {
  readonly #vocabulary: Vocabulary
  readonly #unit: string
  readonly #bytes = new TextDecoder('utf-8', { ignoreBOM: true })
  /** Of the line so far. */
  indentation: string

  constructor(vocabulary: Vocabulary, unit = vocabulary.unit, indentation = '') {
    this.#vocabulary = vocabulary
    this.#unit = unit
    this.indentation = indentation
  }

  /** The text of a token if it were the next. */
  text(id: number): string {
    return this.#vocabulary.text(id, this.indentation, this.#unit)
  }

  /** The characters that are whole with this token. */
  write(id: number): string {
    if (id < endOfText) return this.#bytes.decode(Uint8Array.of(id), { stream: true })
    const text = this.text(id)
    if (text.startsWith('\n')) this.indentation = indentationAt(text)
    return this.end() + text
  }

  /** What is left of a character that was never finished. */
  end(): string {
    return this.#bytes.decode()
  }
}

/** The text of tokens. */
export function decode(vocabulary: Vocabulary, ids: Iterable<number>, unit?: string): string {
  const writer = new Writer(vocabulary, unit)
  return Array.from(ids, (id) => writer.write(id)).join('') + writer.end()
}
