import type { Exchange } from '../completions/exchange.ts'

/** A response as a document: what went wrong, the timing, then everything the server sent. */
export function printResponse(
  exchange: Exchange,
  { failure, remarks }: { failure: string | null; remarks: readonly string[] },
): string {
  const { status, headers, chunks, completion, raw, firstChunkAfter, elapsed } = exchange
  // A stream is text, not a JSON value: the completion that it contains is shown instead.
  const isStream = typeof raw === 'string' && completion !== null
  const shown = {
    status,
    ...(failure !== null && { failure }),
    ...(remarks.length > 0 && { remarks }),
    ...(firstChunkAfter !== null && { timeToFirstChunk: milliseconds(firstChunkAfter) }),
    totalTime: milliseconds(elapsed),
    headers,
    ...(isStream && { chunks, completion }),
    // The part of a failed stream that could not be read has the server's error message.
    ...((!isStream || failure !== null) && { response: raw }),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}

function milliseconds(duration: number): string {
  return `${Math.round(duration)} ms`
}
