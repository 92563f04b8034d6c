import { createParser } from 'eventsource-parser'
import { CompletionError } from './errors.ts'
import { MAX_EVENT, MAX_STREAM } from './limits.ts'

export interface ServerEvent {
  event: string | undefined
  data: string
  /**
   * Whether it was terminated by a blank line. `false`: the stream ended, possibly within the
   * event.
   */
  whole: boolean
}

/**
 * Parses server-sent events (WHATWG HTML §9.2) from bytes that can be split anywhere, also inside a
 * character. Comments, `id` and `retry` are ignored. A batch has the events that one piece completes.
 *
 * @throws CompletionError `protocol` when an event is too long
 */
export async function* eventBatches(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ServerEvent[]> {
  let events: ServerEvent[] = []
  let whole = true
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: ({ event, data }) => events.push({ event, data, whole }),
    onError: (error) => {
      // The standard requires that unknown fields are ignored.
      if (error.type !== 'max-buffer-size-exceeded') return
      throw new CompletionError('protocol', { id: 'oversizedEvent' })
    },
  })
  function take(): readonly ServerEvent[] {
    const ready = events
    events = []
    return ready
  }
  const decoder = new TextDecoder()
  let size = 0
  for await (const bytes of body) {
    size += bytes.length
    if (size > MAX_STREAM) throw new CompletionError('protocol', { id: 'oversizedResponse' })
    parser.feed(decoder.decode(bytes, { stream: true }))
    if (events.length > 0) yield take()
  }
  // The standard discards an event without a blank line at the end. Many servers close the
  // connection right after the last event, which contains the finish_reason.
  whole = false
  parser.feed(`${decoder.decode()}\n\n`)
  yield take()
}
