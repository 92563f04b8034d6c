import { CompletionError } from './errors.ts'
import type { ServerEvent } from './events.ts'
import { MAX_EVENT, MAX_STREAM } from './limits.ts'

/**
 * Parses lines of JSON (NDJSON), the stream format of Ollama's own API, from bytes that can be
 * split anywhere.
 *
 * @throws CompletionError `protocol` when a line or the stream is too long
 */
export async function* lineBatches(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly ServerEvent[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let size = 0
  for await (const bytes of body) {
    size += bytes.length
    if (size > MAX_STREAM) throw new CompletionError('protocol', { id: 'oversizedResponse' })
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_EVENT) throw new CompletionError('protocol', { id: 'oversizedEvent' })
    if (lines.length > 0) yield lines.map((data) => ({ event: undefined, data, whole: true }))
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield [{ event: undefined, data: rest, whole: false }]
}
