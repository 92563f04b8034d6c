import assert from 'node:assert/strict'
import type { Filter } from '../../../../src/infill/filters/filter.ts'
import { textOf } from '../../../../src/infill/filters/segment.ts'

/** A filter for text without tokens */
export interface TextFilter {
  push(text: string): string
  flush(): string
  readonly done: boolean
}

export function textFilter(filter: Filter): TextFilter {
  return {
    push: (text) => textOf(filter.push([{ text, token: null }])),
    flush: () => textOf(filter.flush()),
    get done() {
      return filter.done
    },
  }
}

/** The text that a new filter gives for `text`, which is the same in pieces of each of `lengths` */
export function filteredInPieces(
  create: () => Filter,
  text: string,
  lengths: readonly number[],
): string {
  const pass = (length: number): string => {
    const filter = textFilter(create())
    let out = ''
    for (let at = 0; at < text.length; at += length) out += filter.push(text.slice(at, at + length))
    return out + filter.flush()
  }
  const all = pass(Math.max(1, text.length))
  for (const length of lengths) assert.equal(pass(length), all, `in pieces of ${length}`)
  return all
}
