import type { Filter } from './filter.ts'
import { appendTo, segmentBuffer, type Segment } from './segment.ts'

/** The controls of ISO 6429 but tab, line feed and carriage return */
// oxlint-disable-next-line no-control-regex -- they are what is removed
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g

/** Escape sequences of terminals: `ESC [ 3 1 m`, `ESC ] 0 ; title BEL` */
const SEQUENCES =
  // oxlint-disable-next-line no-control-regex -- they are what is removed
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** An escape sequence that may continue in the next piece */
// oxlint-disable-next-line no-control-regex -- they are what is removed
const UNFINISHED = /\u001b(?:\[[0-?]*[ -/]*|\][^\u0007\u001b]{0,200}\u001b?)?$/

/** Marks, embeddings, overrides and isolates that change the order in which text is shown (UAX #9) */
const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

export interface ControlFilter extends Filter {
  /** How many bidirectional controls were removed */
  readonly removedBidirectional: number
}

/**
 * Removes control characters and terminal sequences. Bidirectional controls stay where the document has
 * some already: elsewhere they can make code look different from what it is (CVE-2021-42574).
 *
 * @param around the text around the cursor
 */
export function removeControls(around: string): ControlFilter {
  const keepsBidirectional = around.search(BIDIRECTIONAL) !== -1
  const held = segmentBuffer()
  let removed = 0

  function clean(segments: readonly Segment[]): Segment[] {
    const out: Segment[] = []
    for (const { text, token } of segments) {
      let kept = text.replaceAll(CONTROLS, '')
      if (!keepsBidirectional) {
        const visible = kept.replaceAll(BIDIRECTIONAL, '')
        removed += kept.length - visible.length
        kept = visible
      }
      appendTo(out, [{ text: kept, token }])
    }
    return out
  }

  /** The first `length` units of the held text without terminal sequences */
  function take(length: number): Segment[] {
    const out: Segment[] = []
    let at = 0
    for (const found of held.text.slice(0, length).matchAll(SEQUENCES)) {
      appendTo(out, clean(held.take(found.index - at)))
      held.drop(found[0].length)
      at = found.index + found[0].length
    }
    appendTo(out, clean(held.take(length - at)))
    return out
  }

  return {
    push(segments) {
      held.append(segments)
      const unfinished = held.text.search(UNFINISHED)
      return take(unfinished === -1 ? held.text.length : unfinished)
    },
    flush: () => take(held.text.length),
    done: false,
    get removedBidirectional() {
      return removed
    },
  }
}
