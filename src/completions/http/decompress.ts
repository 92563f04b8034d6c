import type { Transform } from 'node:stream'
import { CompletionError } from '../errors.ts'
import { MAX_STREAM } from '../limits.ts'

type Zlib = typeof import('node:zlib')

/** The content codings of RFC 9110 §8.4.1 and of RFC 8878; `x-` names are their old ones. */
const DECODERS: Readonly<Record<string, (zlib: Zlib, first: Uint8Array) => Transform>> = {
  gzip: (zlib) => zlib.createGunzip(),
  'x-gzip': (zlib) => zlib.createGunzip(),
  // Some servers send raw deflate data, without the zlib header that the RFC requires.
  deflate: (zlib, first) => (isZlib(first) ? zlib.createInflate() : zlib.createInflateRaw()),
  br: (zlib) => zlib.createBrotliDecompress(),
  zstd: (zlib) => zlib.createZstdDecompress(),
}

/**
 * Decompresses a body as it arrives. Requests ask for `identity`, but some servers and proxies compress
 * nevertheless.
 *
 * @param encoding the header `content-encoding`: one coding, or several in the order of their use
 * @throws CompletionError `protocol` for an unknown coding, invalid data or too much of it; `cut` when
 *   the data ends early
 */
export function decompressed(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const codings = (encoding ?? '').toLowerCase().split(',')
  return codings
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity')
    .reduceRight((decoded, coding) => decode(decoded, coding), body)
}

async function* decode(
  body: AsyncIterable<Uint8Array>,
  coding: string,
): AsyncGenerator<Uint8Array> {
  const create = DECODERS[coding]
  if (create === undefined) {
    throw new CompletionError('protocol', { id: 'unknownEncoding', encoding: coding.slice(0, 40) })
  }
  const iterator = body[Symbol.asyncIterator]()
  try {
    const first = await iterator.next()
    if (first.done === true) return
    const [zlib, { Readable, pipeline }] = await Promise.all([
      import('node:zlib'),
      import('node:stream'),
    ])
    const decoder = create(zlib, first.value)
    // The errors of the body pass through the decoder, which is read below.
    pipeline(Readable.from(rest(first.value, iterator)), decoder, () => undefined)
    let size = 0
    for await (const bytes of decoder) {
      size += bytes.length
      if (size > MAX_STREAM) throw new CompletionError('protocol', { id: 'oversizedResponse' })
      yield bytes
    }
  } catch (error) {
    throw decodingError(error)
  } finally {
    await iterator.return?.()
  }
}

async function* rest(
  first: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    yield next.value
  }
}

/** The errors of zlib have a `code` that begins with `Z_`, `ERR_BROTLI` or `ZSTD`. */
function decodingError(error: unknown): unknown {
  const code = error instanceof Error ? String(Reflect.get(error, 'code')) : ''
  if (code === 'Z_BUF_ERROR') return new CompletionError('cut', { id: 'connectionLost' })
  if (!/^(Z_|ERR_|ZSTD)/.test(code)) return error
  return new CompletionError('protocol', { id: 'invalidCompression' })
}

/** RFC 1950 §2.2: the method is 8, and the first two bytes are a multiple of 31. */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}
