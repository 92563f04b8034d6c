import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { CompletionError } from './errors.ts'

/** No event of a completions stream comes near this many characters; an endless line would. */
const MAX_EVENT = 16 * 1024 * 1024

/**
 * Server-sent events (WHATWG HTML §9.2) out of bytes that are split anywhere, also inside a
 * character. Comments, `id` and `retry` are dropped.
 *
 * @throws CompletionError `protocol` when an event does not end
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<EventSourceMessage> {
  let events: EventSourceMessage[] = []
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: (event) => events.push(event),
    onError: (error) => {
      // Unknown fields and the like are to be ignored, says the standard.
      if (error.type !== 'max-buffer-size-exceeded') return
      throw new CompletionError('protocol', 'The server sent an event that does not end.')
    },
  })
  function* take(): Generator<EventSourceMessage> {
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
  parser.feed(`${decoder.decode()}\n\n`)
  yield* take()
}
