/** Something that text passes on its way from the stream into a document, in whatever pieces it comes. */
export interface TextFilter {
  /** What can go on now */
  take(text: string): string
  /** What was kept back, once nothing more comes */
  rest(): string
  /** Whether the text is over for it: what else comes is not wanted */
  readonly ended: boolean
}

/** Several filters, one after the other. */
export function pipe(...filters: readonly TextFilter[]): TextFilter {
  return {
    take: (text) => filters.reduce((passed, filter) => filter.take(passed), text),
    // What one has kept still has to pass the ones after it.
    rest: () => filters.reduce((passed, filter) => filter.take(passed) + filter.rest(), ''),
    get ended() {
      return filters.some((filter) => filter.ended)
    },
  }
}
