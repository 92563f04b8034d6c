import { createParser } from 'eventsource-parser'
import { CompletionError } from './errors.ts'

/** No event of a completions stream comes near this many characters; an endless line would. */
const MAX_EVENT = 16 * 1024 * 1024

export interface ServerEvent {
  event: string | undefined
  data: string
  /** Whether its blank line came, or the stream just ended: perhaps in the middle of it. */
  whole: boolean
}

/**
 * Server-sent events (WHATWG HTML §9.2) out of bytes that are split anywhere, also inside a
 * character. Comments, `id` and `retry` are dropped.
 *
 * @throws CompletionError `protocol` when an event does not end
 */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  let events: ServerEvent[] = []
  let whole = true
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: ({ event, data }) => events.push({ event, data, whole }),
    onError: (error) => {
      // Unknown fields and the like are to be ignored, says the standard.
      if (error.type !== 'max-buffer-size-exceeded') return
      throw new CompletionError('protocol', { id: 'oversizedEvent' })
    },
  })
  function* take(): Generator<ServerEvent> {
    const ready = events
    events = []
    yield* ready
  }
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    parser.feed(decoder.decode(bytes, { stream: true }))
    yield* take()
  }
  // The standard drops an event that lacks its blank line. Servers that end the connection right
  // after the last event's text are common, and that event is the one with the finish_reason.
  whole = false
  parser.feed(`${decoder.decode()}\n\n`)
  yield* take()
}
