/** Ends a text before the first of some stop sequences, wherever the text is split. */
export interface StopGuard {
  /** Takes the next piece of text, and returns what can be shown of all that came. */
  push(text: string): { readonly text: string; readonly stopped: boolean }
  /** What was held back and turned out to be no stop sequence. */
  end(): string
}

export function stopGuard(stops: readonly string[]): StopGuard {
  let held = ''
  return {
    push(piece) {
      const text = held + piece
      const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at !== -1)
      if (found.length > 0) {
        held = ''
        return { text: text.slice(0, Math.min(...found)), stopped: true }
      }
      const keep = Math.max(0, ...stops.map((stop) => startedLength(text, stop)))
      held = text.slice(text.length - keep)
      return { text: text.slice(0, text.length - keep), stopped: false }
    },
    end: () => held,
  }
}

/** How many characters at the end of the text may be the beginning of the stop sequence. */
function startedLength(text: string, stop: string): number {
  for (let length = Math.min(text.length, stop.length - 1); length > 0; length--) {
    if (text.endsWith(stop.slice(0, length))) return length
  }
  return 0
}
