import { indentUnit, tokensOf } from './tokens.ts'

/** Ends a document. It comes between files, and where a completion is over. */
export const endOfText = 256

/**
 * The ids of tokens: 0…255 are bytes, then comes `endOfText`, then every token in the order in which
 * it was first read. An id keeps its meaning for the life of the server.
 *
 * The token of a line end says how its line is indented against the line before, in levels if it can:
 * `+1`, `+0`, `-1`. So a block reads the same at any depth and in any style. What a level is, is a
 * token at the start of the text.
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
  encode(text: string, unit = indentUnit(text), learn = true): number[] {
    const ids: number[] = []
    let indentation: string | undefined
    const add = (key: string, token: string): boolean => {
      const id = this.#ids.get(key) ?? this.#learn(key, learn)
      if (id === undefined) ids.push(...Buffer.from(token))
      else ids.push(id)
      return id !== undefined
    }
    const needsUnit = unit !== undefined && unit !== defaultUnit && text.includes('\n')
    const hasUnit = needsUnit && add(unitMark + unit, '')
    for (const token of tokensOf(text)) {
      if (token.startsWith('\n')) {
        const next = token.replaceAll('\n', '')
        const key = lineKey(token, indentation ?? '', next, hasUnit ? unit : defaultUnit)
        if (add(key, token)) indentation = next
      } else {
        add(token, token)
      }
      // The first line has no line end before it.
      indentation ??= blanksIn(token)
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
  text(id: number, indentation: string, unit = defaultUnit): string {
    const key = this.#keys[id] ?? ''
    if (key.startsWith(unitMark)) return ''
    if (!key.startsWith('\n')) return key
    const sign = key.search(/[^\n]/)
    const ends = key.slice(0, sign)
    const much = key.slice(sign + 1)
    const delta = /^\d/.test(much) ? unit.repeat(Number(much)) : much
    if (key[sign] === '!') return ends + delta
    if (key[sign] === '+') return ends + indentation + delta
    return ends + indentation.slice(0, Math.max(0, indentation.length - delta.length))
  }

  /** The level of indentation that a token sets for its text. */
  unit(id: number): string | undefined {
    const key = this.#keys[id] ?? ''
    return key.startsWith(unitMark) ? key.slice(unitMark.length) : undefined
  }

  isLineEnd(id: number): boolean {
    return (this.#keys[id]?.startsWith('\n') ?? false) && this.unit(id) === undefined
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

const defaultUnit = '  '
/** No token of a text begins so: a line feed is followed by a sign. */
const unitMark = '\nunit '

function lineKey(token: string, before: string, after: string, unit: string): string {
  const ends = token.slice(0, token.length - after.length)
  const isDeeper = after.startsWith(before)
  if (!isDeeper && !before.startsWith(after)) return `${ends}!${after}`
  const delta = isDeeper ? after.slice(before.length) : before.slice(after.length)
  const levels = delta.length / unit.length
  const isWhole = delta === unit.repeat(Math.floor(levels))
  return `${ends}${isDeeper ? '+' : '-'}${isWhole ? levels : delta}`
}

const blanksIn = (token: string): string => (/^[ \t]+$/.test(token) ? token : '')

/** Writes tokens one after the other: it knows the indentation, and joins bytes to characters. */
export class Writer {
  readonly #vocabulary: Vocabulary
  readonly #bytes = new TextDecoder('utf-8', { ignoreBOM: true })
  #inCharacter = false
  #indentation: string | undefined
  #unit: string | undefined

  /** @param indentation that of the line so far, if it is not the start of a text */
  constructor(vocabulary: Vocabulary, indentation?: string, unit?: string) {
    this.#vocabulary = vocabulary
    this.#indentation = indentation
    this.#unit = unit
  }

  get indentation(): string {
    return this.#indentation ?? ''
  }

  /** The text of a token if it were the next. */
  text(id: number): string {
    return this.#vocabulary.text(id, this.indentation, this.#unit)
  }

  /** The characters that are whole with this token. */
  write(id: number): string {
    if (id < endOfText) {
      this.#inCharacter = true
      this.#indentation ??= ''
      return this.#bytes.decode(Uint8Array.of(id), { stream: true })
    }
    const held = this.end()
    const text = this.text(id)
    const unit = this.#vocabulary.unit(id)
    if (unit !== undefined) this.#unit = unit
    else if (this.#vocabulary.isLineEnd(id)) this.#indentation = text.replaceAll('\n', '')
    else this.#indentation ??= blanksIn(text)
    return held + text
  }

  /** What is left of a character that was never finished. */
  end(): string {
    if (!this.#inCharacter) return ''
    this.#inCharacter = false
    return this.#bytes.decode()
  }
}
