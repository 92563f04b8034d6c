import { CompletionError } from '../errors.ts'
import { MAX_BLANK } from '../limits.ts'

/** The detected type of a body. Content-type headers are not reliable. */
export type BodyKind = 'events' | 'json' | 'html' | 'empty'

/**
 * Detects the body type from its first non-whitespace byte. No meaningful line of an event stream
 * begins with `{`, `[` or `<`.
 *
 * @throws CompletionError `protocol` when there is too much white space before it
 */
export async function sniff(
  body: AsyncIterable<Uint8Array>,
): Promise<{ kind: BodyKind; body: AsyncIterable<Uint8Array> }> {
  const iterator = body[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let kind: BodyKind = 'empty'
  let blank = 0
  while (kind === 'empty') {
    const { done, value } = await iterator.next()
    if (done === true) break
    read.push(value)
    const first = value.find((byte) => !BLANK.has(byte))
    blank += value.length
    // Blank lines keep connections open; they are not kept.
    if (first === undefined) read.length = 0
    if (first === undefined && blank > MAX_BLANK) {
      await iterator.return?.()
      throw new CompletionError('protocol', { id: 'oversizedResponse' })
    }
    if (first !== undefined) kind = KINDS.get(first) ?? 'events'
  }
  return { kind, body: rejoin(read, iterator) }
}

/** White space, and the three bytes of the UTF-8 byte order mark */
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

const KINDS: ReadonlyMap<number, BodyKind> = new Map([
  [0x7b, 'json'], // {
  [0x5b, 'json'], // [
  [0x3c, 'html'], // <
])

async function* rejoin(
  read: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* read
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value
    }
  } finally {
    // Cancels the HTTP request when the reader leaves early.
    await rest.return?.()
  }
}

/** The body as text, without its byte order mark; cut at about `limit` bytes. */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  limit = Number.POSITIVE_INFINITY,
): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true })
    size += bytes.length
    if (size > limit) break
  }
  return text + decoder.decode()
}
