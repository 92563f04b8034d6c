import type { Readable, Transform } from 'node:stream'
import type * as zlibModule from 'node:zlib'
import { CompletionError } from '../errors.ts'
import { MAX_STREAM } from '../limits.ts'

type Zlib = typeof zlibModule

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
 * nevertheless. Leaving the loop destroys the body.
 *
 * @param encoding the header `content-encoding`: one coding, or several in the order of their use
 * @throws CompletionError `protocol` for an unknown coding, invalid data or too much of it; `cut` when
 *   the data ends early; the errors of the body
 */
export async function* decompressed(
  body: Readable,
  encoding: string | undefined,
): AsyncGenerator<Uint8Array> {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== 'identity')
  if (codings.length === 0) {
    yield* body
    return
  }
  // Thrown where the stream is read; destroying it is an error of its own.
  body.on('error', () => undefined)
  let size = 0
  try {
    for await (const bytes of await decoders(body, codings)) {
      size += bytes.length
      if (size > MAX_STREAM) throw new CompletionError('protocol', { id: 'oversizedResponse' })
      yield bytes
    }
  } catch (error) {
    throw decodingError(error)
  } finally {
    body.destroy()
  }
}

async function decoders(body: Readable, codings: readonly string[]): Promise<Readable> {
  const [zlib, { pipeline }] = await Promise.all([import('node:zlib'), import('node:stream')])
  let decoded = body
  for (const coding of codings.toReversed()) {
    const create = DECODERS[coding]
    if (create === undefined) {
      const problem = { id: 'unknownEncoding', encoding: coding.slice(0, 40) } as const
      throw new CompletionError('protocol', problem)
    }
    const decoder = create(zlib, coding === 'deflate' ? await peek(decoded) : new Uint8Array())
    // Errors of the source destroy the decoder, and are thrown where it is read.
    pipeline(decoded, decoder, () => undefined)
    decoded = decoder
  }
  return decoded
}

/** The first bytes of a stream, which stay in it */
async function peek(stream: Readable): Promise<Uint8Array> {
  for await (const first of stream.iterator({ destroyOnReturn: false })) {
    stream.unshift(first)
    return first
  }
  return new Uint8Array()
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
