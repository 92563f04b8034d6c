import { appendTo, type Segment } from './segment.ts'

/**
 * A state machine that completion text passes on its way into a document. What comes out in total does
 * not depend on how the text was cut.
 */
export interface Filter {
  /** Accepts more text and returns what can be inserted now. Returns nothing once `done`. */
  push(segments: readonly Segment[]): Segment[]
  /** Returns what was held back. Called once, after the last `push`. */
  flush(): Segment[]
  /** Whether the text has ended for this filter: it drops all further text. */
  readonly done: boolean
}

/** A filter that changes nothing */
export const passThrough: Filter = {
  push: (segments) => [...segments],
  flush: () => [],
  done: false,
}

/**
 * Several filters in a row. When one of them is done, the filters after it are flushed, and the whole
 * pipe is done.
 */
export function pipe(...filters: readonly Filter[]): Filter {
  let done = false

  function pass(segments: Segment[], isEnd: boolean): Segment[] {
    let passed = segments
    let ends = isEnd
    for (const filter of filters) {
      if (passed.length > 0) passed = filter.push(passed)
      if (ends) appendTo(passed, filter.flush())
      if (filter.done) {
        done = true
        ends = true
      }
      if (passed.length === 0 && !ends) break
    }
    return passed
  }

  return {
    push: (segments) => (done ? [] : pass([...segments], false)),
    flush: () => (done ? [] : pass([], true)),
    get done() {
      return done
    },
  }
}
