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
