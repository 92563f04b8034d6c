import type { ServerEvent } from './events.ts'

/**
 * Lines of JSON (NDJSON) out of bytes that are split anywhere, as events: what Ollama's own API
 * streams in.
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
