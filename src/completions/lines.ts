import type { ServerEvent } from './events.ts'

/**
 * Parses lines of JSON (NDJSON), the stream format of Ollama's own API, from bytes that can be
 * split anywhere.
 */
export async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const data of lines) yield { event: undefined, data, whole: true }
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield { event: undefined, data: rest, whole: false }
}
