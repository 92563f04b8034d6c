import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { collectGarbage } from '../../support/heap.ts'
import { event, json, page, streamOf, text } from '../../support/answers.ts'
import type { Answer } from '../../support/sseServer.ts'
import { sentenceOf } from '../../support/wording.ts'
import { read, REQUEST, useConnections } from './support.ts'

/** Without timeouts, so that only the limits end a response */
const NO_TIMEOUTS = { firstTokenTimeout: 0, idleTimeout: 0 }
const MB = 1024 * 1024

function* endless(piece: string, first = ''): Generator<string> {
  if (first !== '') yield first
  for (;;) yield piece
}

/** A gzip file of a megabyte of one character, repeated: gzip files can be joined. */
function* bomb(character: string, first = ''): Generator<Buffer> {
  const member = gzipSync(character.repeat(MB), { level: 9 })
  yield gzipSync(first)
  for (;;) yield member
}

const document = (body: Iterable<string>): Answer => ({
  headers: { 'content-type': 'application/json' },
  body,
})
const compressed = (body: Iterable<Buffer>): Answer => ({
  headers: { 'content-encoding': 'gzip' },
  body,
})
const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
const big = 'x'.repeat(64 * 1024)

/** What a server sends, the sentence, and how much memory may be used, in MB: rows of SECURITY.md */
const ROWS: readonly [name: string, answer: Answer, sentence: RegExp, memory: number][] = [
  ['an endless event', streamOf(endless(big, 'data: ')), /oversized event/, 160],
  ['an endless line', streamOf(endless(big, ': ')), /oversized response/, 160],
  ['an endless document', document(endless(big, '{"a":"')), /oversized response/, 160],
  ['endless white space', document(endless(' '.repeat(64 * 1024))), /oversized response/, 60],
  ['endless comments', streamOf(endless(`: ${'x'.repeat(60_000)}\n\n`)), /oversized response/, 160],
  ['endless empty chunks', streamOf(endless(text('').repeat(500))), /only empty chunks/, 160],
  [
    'a document that is nested deeply',
    page(nested, 200, 'application/json'),
    /nested too deeply/,
    60,
  ],
  ['an event that is nested deeply', streamOf([`data: ${deep}\n\n`]), /nested too deeply/, 60],
  ['an error that is nested deeply', page(deep, 500), /responded with 500\.$/, 60],
  ['100,000 choices in turn', streamOf(choicesInTurn()), /too many choices/, 100],
  [
    '100,000 choices at once',
    json({ choices: Array.from({ length: 100_000 }, (_, index) => ({ index, text: 'a' })) }),
    /too many choices/,
    160,
  ],
  ['a compressed event without end', compressed(bomb('x', 'data: ')), /oversized event/, 200],
  ['compressed white space without end', compressed(bomb(' ')), /oversized response/, 100],
  ['a compressed document without end', compressed(bomb('x', '{"a":"')), /oversized response/, 200],
  ['an endless error', { ...document(endless(big)), status: 500 }, /responded with 500/, 60],
  [
    'endless headers',
    {
      headers: Object.fromEntries(
        Array.from({ length: 900 }, (_, index) => [`x-${index}`, big.slice(0, 60)]),
      ),
    },
    /Could not reach/,
    60,
  ],
]

function* choicesInTurn(): Generator<string> {
  for (let index = 0; ; index++) yield text('a', null, index)
}

suite('Completions: limits', () => {
  const connect = useConnections()

  for (const [name, answer, sentence, memory] of ROWS) {
    test(`${name} is refused with a sentence, in at most ${memory} MB`, async function () {
      this.timeout(20_000)
      const { client } = await connect(answer, NO_TIMEOUTS)
      collectGarbage()
      const start = used()
      let most = 0
      const sampling = setInterval(() => {
        // Garbage does not count: when it is collected depends on chance.
        if (used() - start > memory * MB) collectGarbage()
        most = Math.max(most, used() - start)
      }, 5)
      const { error } = await read(skipping(client.createStreaming(REQUEST)))
      clearInterval(sampling)
      assert.match(sentenceOf(error), sentence)
      assert.ok(most < memory * MB, `${Math.round(most / MB)} MB`)
    })
  }

  test('an event of 10 MB is accepted', async () => {
    const long = 'x'.repeat(10 * MB)
    const { client } = await connect(streamOf([text(long, 'stop'), event({ choices: [] })]))
    assert.equal((await client.create(REQUEST)).choices[0]?.text.length, long.length)
  })
})

function used(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Keeps nothing, so that the memory is the client's. */
async function* skipping<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const chunk of chunks) if (chunk === null) yield chunk
}
