import assert from 'node:assert/strict'
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { DONE, stream, STOP, text } from '../../../support/answers.ts'
import { hold, type Answer, type Piece } from '../../../support/sseServer.ts'
import { sentenceOf } from '../../../support/wording.ts'
import { read, REQUEST, useConnections } from '../support.ts'

const EVENTS = text('a, ') + text('b') + STOP + DONE

const CODINGS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => gzipSync(body),
  'x-gzip': (body) => gzipSync(body),
  GZIP: (body) => gzipSync(body),
  deflate: (body) => deflateSync(body),
  ' deflate ': (body) => deflateRawSync(body),
  br: (body) => brotliCompressSync(body),
  zstd: (body) => zstdCompressSync(body),
  'gzip, br': (body) => brotliCompressSync(gzipSync(body)),
  'identity, deflate': (body) => deflateSync(body),
}

function encoded(encoding: string, body: Iterable<Piece>, status = 200): Answer {
  return { status, headers: { 'content-encoding': encoding }, body }
}

suite('Completions: a compressed response', () => {
  const connect = useConnections()

  for (const [encoding, compress] of Object.entries(CODINGS)) {
    test(`${encoding}: a stream`, async () => {
      const bytes = compress(Buffer.from(EVENTS))
      const { client } = await connect(encoded(encoding, [bytes.subarray(0, 9), bytes.subarray(9)]))
      const { text: got, error } = await read(client.createStreaming(REQUEST))
      assert.deepEqual([got, error], ['a, b', undefined])
    })
  }

  test('a JSON document', async () => {
    const body = JSON.stringify({ choices: [{ text: 'a', finish_reason: 'stop' }] })
    const { client } = await connect(encoded('gzip', [gzipSync(body)]))
    assert.equal((await client.create(REQUEST)).choices[0]?.text, 'a')
  })

  test('an error', async () => {
    const body = brotliCompressSync(JSON.stringify({ error: { message: 'No key' } }))
    const { client } = await connect(encoded('br', [body], 401))
    const { error } = await read(client.createStreaming(REQUEST))
    assert.match(sentenceOf(error), /401: No key$/)
  })

  for (const [name, encoder, flush] of [
    ['gzip', createGzip(), constants.Z_SYNC_FLUSH],
    ['br', createBrotliCompress(), constants.BROTLI_OPERATION_FLUSH],
  ] as const) {
    test(`${name}: a chunk is yielded before the next one arrives`, async () => {
      const parts: Buffer[] = []
      encoder.on('data', (part: Buffer) => parts.push(part))
      encoder.write(text('a'))
      await new Promise<void>((resolve) => encoder.flush(flush, () => setImmediate(resolve)))
      const first = Buffer.concat(parts)
      const { client } = await connect(encoded(name, [first, hold]))
      for await (const { choices } of client.createStreaming(REQUEST)) {
        assert.equal(choices[0]?.text, 'a')
        break
      }
      encoder.destroy()
    })
  }

  test('that ends early is incomplete, and the text before it is kept', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => text(`${index} `)).join('')
    const bytes = gzipSync(many)
    const { client } = await connect(encoded('gzip', [bytes.subarray(0, bytes.length / 2)]))
    const { text: got, error } = await read(client.createStreaming(REQUEST))
    assert.ok(got.startsWith('0 1 2 '))
    assert.equal(error?.kind, 'cut')
  })

  test('with invalid data is reported', async () => {
    const { client } = await connect(encoded('gzip', ['not gzip at all']))
    const { error } = await read(client.createStreaming(REQUEST))
    assert.deepEqual(
      [error?.kind, sentenceOf(error)],
      ['protocol', 'The compressed response is invalid.'],
    )
  })

  test('with an unknown coding is reported', async () => {
    const { client } = await connect(encoded('compress', [EVENTS]))
    const { error } = await read(client.createStreaming(REQUEST))
    assert.equal(sentenceOf(error), 'The response has an unsupported content encoding: compress.')
  })

  test('leaving the loop closes the connection', async () => {
    const { client, server } = await connect(encoded('gzip', [gzipSync(text('a')), hold]))
    for await (const chunk of client.createStreaming(REQUEST)) {
      assert.ok(chunk)
      break
    }
    await server.requests[0]?.closed
  })

  test('identity is passed on', async () => {
    const { client } = await connect({
      ...stream(EVENTS),
      headers: { 'content-encoding': 'identity' },
    })
    assert.equal((await read(client.createStreaming(REQUEST))).text, 'a, b')
  })
})
