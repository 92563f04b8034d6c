import { indentationAt, indentUnit, tokensOf } from './tokens.ts'

/** Marks the end of a document: between files, and at the end of a completion. */
export const END_OF_TEXT = 256

export type Kind = 'text' | 'opens' | 'closes' | 'white space' | 'line break'

/**
 * Maps tokens to ids: 0…255 are bytes, 256 is `END_OF_TEXT`, then follow the tokens in the order in
 * which they were first read. An id keeps its meaning until the server ends.
 *
 * The token of a line break contains the change of indentation from the line before: what is
 * removed and what is added, in levels (→) where possible. So a block has the same tokens at any
 * depth and in any style of indentation.
 */
export class Vocabulary {
  readonly #keys: string[] = [...Array<string>(256).fill(''), '<|endoftext|>']
  readonly #kinds: Kind[] = Array<Kind>(257).fill('text')
  readonly #ids = new Map<string, number>()
  readonly #units = new Map<string, number>([['  ', 0]])
  readonly #maxSize: number

  /** @param maxSize number of ids at most. Further tokens are encoded as bytes. */
  constructor(maxSize = 2 ** 18) {
    this.#maxSize = maxSize
  }

  get size(): number {
    return this.#keys.length
  }

  /** One level of indentation in most of the texts that were read */
  get unit(): string {
    return [...this.#units].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
  }

  /** Encodes the text of a file, and counts its style of indentation. */
  learn(text: string): number[] {
    const unit = indentUnit(text)
    if (unit !== undefined) this.#units.set(unit, (this.#units.get(unit) ?? 0) + 1)
    return this.encode(text, unit)
  }

  /**
   * Encodes text. New tokens are added to the vocabulary; when it is full, they are encoded as
   * bytes.
   */
  encode(text: string, unit = this.unit): number[] {
    const ids: number[] = []
    let indentation = ''
    for (const token of tokensOf(text)) {
      const isLineBreak = token.charCodeAt(0) === LINE_FEED
      const after = isLineBreak ? token.slice(token.lastIndexOf('\n') + 1) : ''
      const key = isLineBreak ? lineKey(token, indentation, after, unit) : token
      const id = this.#ids.get(key) ?? this.#add(key)
      if (id === undefined) ids.push(...Buffer.from(token))
      else ids.push(id)
      if (isLineBreak && id !== undefined) indentation = after
    }
    return ids
  }

  #add(key: string): number | undefined {
    // Half a surrogate pair cannot be encoded as bytes.
    if (this.size >= this.#maxSize && key.isWellFormed()) return undefined
    this.#ids.set(key, this.size)
    this.#kinds.push(kindOf(key))
    return this.#keys.push(key) - 1
  }

  /**
   * The text of a token after a line with this indentation. Empty for bytes, which a `TokenDecoder` joins
   * to characters.
   */
  text(id: number, indentation: string, unit: string): string {
    const key = this.#keys[id] ?? ''
    if (!key.startsWith('\n')) return key
    const [breaks = '', removed = '', added = ''] = key.replaceAll(LEVEL, unit).split(/[-+]/)
    return breaks + indentation.slice(0, Math.max(0, indentation.length - removed.length)) + added
  }

  kind(id: number): Kind {
    return this.#kinds[id] ?? 'text'
  }
}

const LINE_FEED = 10

/** Stands for one level of indentation in the key of a line break */
const LEVEL = '→'

/** The key of a line break: the breaks, then the indentation that is removed and that is added. */
function lineKey(token: string, before: string, after: string, unit: string): string {
  const breaks = token.slice(0, token.length - after.length)
  if (before === after) return `${breaks}-+`
  let common = 0
  while (common < before.length && before[common] === after[common]) common++
  const change = `-${before.slice(common)}+${after.slice(common)}`
  return breaks + change.replaceAll(unit, LEVEL)
}

function kindOf(key: string): Kind {
  if (key.startsWith('\n')) return 'line break'
  if (key.trim() === '') return 'white space'
  return '([{'.includes(key) ? 'opens' : ')]}'.includes(key) ? 'closes' : 'text'
}

/** Decodes tokens one by one: follows the indentation, and joins bytes to characters. */
export class TokenDecoder {
  readonly #vocabulary: Vocabulary
  readonly #unit: string
  readonly #bytes = new TextDecoder('utf-8', { ignoreBOM: true })
  /** Indentation of the current line */
  indentation: string

  constructor(vocabulary: Vocabulary, unit = vocabulary.unit, indentation = '') {
    this.#vocabulary = vocabulary
    this.#unit = unit
    this.indentation = indentation
  }

  /** The text that a token would have next. */
  text(id: number): string {
    return this.#vocabulary.text(id, this.indentation, this.#unit)
  }

  /** Decodes the next token, and returns the characters that are complete with it. */
  push(id: number): string {
    if (id < END_OF_TEXT) return this.#bytes.decode(Uint8Array.of(id), { stream: true })
    const text = this.text(id)
    if (text.startsWith('\n')) this.indentation = indentationAt(text)
    return this.end() + text
  }

  /** A replacement character where bytes of an incomplete character are left, else empty. */
  end(): string {
    return this.#bytes.decode()
  }
}

/** Decodes token ids to text. */
export function decode(vocabulary: Vocabulary, ids: Iterable<number>, unit?: string): string {
  const decoder = new TokenDecoder(vocabulary, unit)
  return Array.from(ids, (id) => decoder.push(id)).join('') + decoder.end()
}
