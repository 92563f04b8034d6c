/** One token of a completion, as the server's `logprobs` describe it */
export interface Token {
  readonly text: string
  /** Where the token starts in the completion's text, in UTF-16 units */
  readonly offset: number
  /** Natural logarithm of the token's probability; `null` when the server sent none */
  readonly logprob: number | null
  /** The most likely tokens at this position with their log probabilities */
  readonly alternatives: Readonly<Record<string, number>> | null
}

/** A piece of text that belongs to one token. Two segments of a token that was cut share the token. */
export interface Segment {
  readonly text: string
  /** `null` when the server sent no logprobs for this text */
  readonly token: Token | null
}

export function textOf(segments: readonly Segment[]): string {
  let text = ''
  for (const segment of segments) text += segment.text
  return text
}

/** Other text in place of some segments. It belongs to the token of the first of them. */
export function replaced(segments: readonly Segment[], text: string): Segment {
  return { text, token: segments[0]?.token ?? null }
}

/** Adds segments to the end of a list. Neighbors of the same token become one segment. */
export function appendTo(segments: Segment[], added: readonly Segment[]): void {
  for (const segment of added) {
    const last = segments.at(-1)
    if (segment.text === '') continue
    if (last === undefined || last.token !== segment.token) segments.push(segment)
    else segments[segments.length - 1] = { text: last.text + segment.text, token: last.token }
  }
}

/** Text that a filter holds back, with the tokens it came from */
export interface SegmentBuffer {
  /** All text that is held */
  readonly text: string
  append(segments: readonly Segment[]): void
  /** Removes and returns the first `length` UTF-16 units, one segment per token. */
  take(length: number): Segment[]
  /** Removes the first `length` UTF-16 units. */
  drop(length: number): void
  clear(): void
}

interface Span {
  readonly token: Token | null
  length: number
}

export function segmentBuffer(): SegmentBuffer {
  let text = ''
  /** The tokens of `text`, in order, from index `first` on. Neighbors have different tokens. */
  let spans: Span[] = []
  let first = 0

  function take(length: number): Segment[] {
    const taken: Segment[] = []
    const end = Math.min(length, text.length)
    for (let at = 0; at < end;) {
      const span = spans[first]
      if (span === undefined) break
      const size = Math.min(span.length, end - at)
      taken.push({ text: text.slice(at, at + size), token: span.token })
      at += size
      span.length -= size
      if (span.length === 0) first++
    }
    if (end > 0) text = text.slice(end)
    // Not each time, which would make a long response take time in proportion to its square.
    if (first * 2 > spans.length) {
      spans = spans.slice(first)
      first = 0
    }
    return taken
  }

  return {
    get text() {
      return text
    },
    append(segments) {
      for (const { text: added, token } of segments) {
        if (added === '') continue
        text += added
        const last = spans.length > first ? spans.at(-1) : undefined
        if (last !== undefined && last.token === token) last.length += added.length
        else spans.push({ token, length: added.length })
      }
    },
    take,
    drop: take,
    clear() {
      text = ''
      spans = []
      first = 0
    },
  }
}
