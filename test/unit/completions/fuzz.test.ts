import assert from 'node:assert/strict'
import { readChunks } from '../../../src/completions/chunks.ts'
import { collect } from '../../../src/completions/collect.ts'
import { completionsDialect, type Dialect } from '../../../src/completions/dialect.ts'
import { CompletionError } from '../../../src/completions/errors.ts'
import { SERVER_IDS } from '../../../src/servers/profile.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import { DONE, event, STOP, text } from '../../support/answers.ts'
import recorded from '../../fixtures/llama-server/2026-11-v0.5.0.json' with { type: 'json' }
import { usedHeap } from '../../support/heap.ts'
import { random, type Random } from '../../support/random.ts'

const SEED = 5
const INPUTS = 200_000
/** Longer recordings are cut, so that many can be tried. */
const LONGEST = 600

const BODIES = [
  text('a') + text('b', 'stop') + DONE,
  event({ choices: [{ index: 1, delta: { content: 'é→🙂' } }], usage: { prompt_tokens: 1 } }) +
    STOP,
  'event: ping\ndata: {}\n\ndata: {"choices":[{"text":"a"}]}\ndata: [DONE]\n\n',
  '{"choices":[{"text":"a","finish_reason":"stop","logprobs":{"tokens":["a"]}}]}',
  '[{"choices":[{"text":"a"}]},{"choices":[]}]',
  '{"error":{"message":"no","code":400}}',
  '{"response":"a","done":false}\n{"response":"b","done":true,"done_reason":"stop"}\n',
  '{"content":"a","stop":true,"tokens_predicted":1}',
  '<!DOCTYPE html><p>Sign in</p>',
  ': comment\r\n\r\ndata:{"choices":\r\ndata: []}\r\n\r\n',
  ...recorded.map(({ body }) => body.slice(0, LONGEST)),
]
const BITS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\n',
  '\r',
  '\n\n',
  'data: ',
  'event: error\n',
]
BITS.push('null', '1e999', '-0', '\0', '\ufeff', '\u2028', '🙂', '[DONE]', '"choices":', '"error":')
BITS.push('{"a":'.repeat(200), '['.repeat(300), '"text":7,', '"index":1e9,', '"finish_reason":{},')

function mutated(body: string, chance: Random): Buffer {
  let bytes: Buffer = Buffer.from(body)
  for (let times = 1 + chance.below(4); times > 0; times--) {
    const at = chance.below(bytes.length + 1)
    const end = Math.min(bytes.length, at + chance.below(40))
    const [before, part, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, end),
      bytes.subarray(end),
    ]
    const choices = [
      () => [before, after],
      () => [before, part, part, after],
      () => [before, Buffer.from(chance.pick(BITS)), part, after],
      () => [before, Buffer.from(chance.pick(BITS)), after],
      () => [before, Buffer.of(chance.below(256)), after],
      () => [before],
      () => [before, Buffer.from(chance.pick(BODIES)), after],
    ]
    bytes = Buffer.concat(chance.pick(choices)())
  }
  return bytes
}

function cut(bytes: Buffer, chance: Random): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const length = 1 + chance.below(64)
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}

const READING = { url: new URL('http://localhost/v1'), apiKey: null, onDone: () => undefined }

/** What a body comes to: its completion, or its error. Everything else that is thrown is a defect. */
async function resultOf(pieces: readonly Buffer[], dialect: Dialect): Promise<string> {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield* pieces
  }
  const response = { status: 200, header: () => undefined, body: body() }
  try {
    return JSON.stringify(await collect(readChunks(response, { ...READING, dialect })))
  } catch (error) {
    if (!(error instanceof CompletionError) || error.kind === 'internal') throw error
    return error.message
  }
}

suite('Completions: fuzz', () => {
  test(`${INPUTS} damaged responses never crash the client (seed ${SEED})`, async function () {
    this.timeout(120_000)
    const chance = random(SEED)
    const dialects = SERVER_IDS.flatMap((id) => Object.values(profileOf(id).dialects ?? {}))
    const before = usedHeap()
    // Each body is read twice: whole, and in pieces.
    for (let input = 0; input < INPUTS / 2; input++) {
      const bytes = mutated(chance.pick(BODIES), chance)
      const dialect = chance.below(2) === 0 ? completionsDialect : chance.pick(dialects)
      const whole = await resultOf([bytes], dialect)
      const inPieces = await resultOf(cut(bytes, chance), dialect)
      assert.equal(inPieces, whole, `input ${input}: ${JSON.stringify(bytes.toString())}`)
    }
    const more = usedHeap() - before
    assert.ok(more < 20 * 1024 * 1024, `${more} bytes more`)
  })
})
