import assert from 'node:assert/strict'
import { createClient, type Send } from '../../../src/completions/index.ts'
import { read, REQUEST } from './support.ts'

const TEXT = 'é→🙂\r\n\u2028"data: \\n'

const STREAM = [
  ': a comment — with more than ASCII',
  '',
  'event: message',
  `data: ${JSON.stringify({ choices: [{ text: TEXT }] })}`,
  '',
  'data:{"choices":[{"text":"b",',
  'data: "finish_reason":"stop"}]}',
  '',
  'data: [DONE]',
  '',
  '',
]

/**
 * Every split twice over real sockets would take seconds, so the pieces are passed directly to the
 * client.
 */
function sending(...pieces: Uint8Array[]): Send {
  return async () => ({
    status: 200,
    header: () => undefined,
    body: (async function* () {
      yield* pieces
    })(),
  })
}

async function textOf(...pieces: Uint8Array[]): Promise<string> {
  const client = createClient({
    base: new URL('http://localhost/'),
    apiKey: null,
    firstTokenTimeout: 1,
    idleTimeout: 1,
    send: sending(...pieces),
  })
  const { text, error } = await read(client.createStreaming(REQUEST))
  assert.equal(error, undefined)
  return text
}

suite('Completions: a stream split anywhere is the same stream', () => {
  for (const [name, eol] of Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' })) {
    for (const [marked, bom] of Object.entries({ '': '', ' after a byte order mark': '\uFEFF' })) {
      const bytes = Buffer.from(bom + STREAM.join(eol))

      test(`${name}${marked}: in two, at every byte`, async () => {
        for (let at = 0; at <= bytes.length; at += 1) {
          const got = await textOf(bytes.subarray(0, at), bytes.subarray(at))
          assert.equal(got, `${TEXT}b`, `split at byte ${at}`)
        }
      })

      test(`${name}${marked}: in pieces of every size`, async () => {
        for (let size = 1; size <= bytes.length; size += 1) {
          const pieces: Uint8Array[] = []
          for (let at = 0; at < bytes.length; at += size) {
            pieces.push(bytes.subarray(at, at + size))
          }
          assert.equal(await textOf(...pieces), `${TEXT}b`, `pieces of ${size} bytes`)
        }
      })
    }
  }
})
