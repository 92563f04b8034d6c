import assert from 'node:assert/strict'
import {
  collect,
  createTransport,
  type CompletionChunk,
  type Transport,
} from '../../../src/completions/index.ts'
import { streamRaw } from '../../../src/generation/generate.ts'
import type { CapabilityStore } from '../../../src/generation/serverCapabilities.ts'
import { DONE, event, json, STOP, stream, text } from '../../support/answers.ts'
import { hold, startServer, type ScriptedServer } from '../../support/sseServer.ts'
import { capabilitiesOf, generationFrom, piecesOf, type TestGeneration } from './support.ts'

const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 }
const CONTEXT = { prompt: 'add(', suffix: ')' }

suite('raw stream', () => {
  let server: ScriptedServer
  let transport: Transport
  let capabilities: CapabilityStore
  let notices: string[]

  setup(async () => {
    capabilities = capabilitiesOf()
    notices = []
    transport = await createTransport()
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  const options = (change: Partial<TestGeneration> = {}) =>
    generationFrom({ server, transport, capabilities, notices, ...change })

  async function chunksOf(change: Partial<TestGeneration> = {}): Promise<CompletionChunk[]> {
    const chunks: CompletionChunk[] = []
    for await (const chunk of streamRaw(CONTEXT, options(change))) chunks.push(chunk)
    return chunks
  }

  const textsOf = (chunks: readonly CompletionChunk[]): string[] =>
    chunks.flatMap(({ choices }) => choices.map((choice) => choice.text))

  for (const [what, marker] of [
    ['a stop sequence', 'STOP'],
    ['a token of the model', '<|fim_middle|>'],
  ] as const) {
    test(`contains all chunks and the usage after ${what}`, async () => {
      const usage = event({ choices: [], usage: USAGE })
      server = await startServer(
        stream(text('a'), text(`b${marker}c`), text('d'), STOP, usage, DONE),
      )
      const settings = { stop: ['STOP'] }
      const chunks = await chunksOf({ settings })
      assert.deepEqual(textsOf(chunks), ['a', `b${marker}c`, 'd', ''])
      assert.equal(chunks.at(-1)?.usage?.total_tokens, 12)
      let filtered = ''
      for await (const piece of piecesOf(CONTEXT, options({ settings }))) filtered += piece.text
      assert.equal(filtered, 'ab')
    })
  }

  test('contains an echo, CRLF and text that repeats itself', async () => {
    const lines = Array.from({ length: 40 }, () => 'log(total);\r\n')
    server = await startServer(stream(text('add('), ...lines.map((each) => text(each)), STOP, DONE))
    const whole = await collect(streamRaw(CONTEXT, options({ settings: { echo: true } })))
    assert.equal(whole.choices[0]?.text, `add(${lines.join('')}`)
    assert.equal(whole.choices[0]?.finish_reason, 'stop')
  })

  test('is negotiated: a refused field is left out, a refused suffix goes into the prompt', async () => {
    server = await startServer(({ body }) => {
      const request = body as Record<string, unknown>
      if ('seed' in request) {
        return json({ error: { message: 'Unrecognized request argument supplied: seed' } }, 400)
      }
      if ('suffix' in request) {
        return json({ error: { message: 'suffix is not currently supported', code: 400 } }, 400)
      }
      return stream(text('a, b'), STOP, DONE)
    })
    capabilities = capabilitiesOf({ suffix: 'honoured' })
    const chunks = await chunksOf({ id: 'openai', settings: { seed: 7 } })
    assert.deepEqual(textsOf(chunks), ['a, b', ''])
    assert.equal(server.requests.length, 3)
    assert.equal(notices.length, 2)
  })

  test('is one chunk without streaming', async () => {
    server = await startServer(
      json({ choices: [{ text: 'aSTOPb', finish_reason: 'stop' }], usage: USAGE }),
    )
    const chunks = await chunksOf({ settings: { stream: false, stop: ['STOP'] } })
    assert.deepEqual(textsOf(chunks), ['aSTOPb'])
    assert.equal(chunks[0]?.usage?.total_tokens, 12)
  })

  test('ends the request when the loop is left', async () => {
    server = await startServer(stream(text('a'), hold))
    for await (const chunk of streamRaw(CONTEXT, options())) {
      assert.deepEqual(textsOf([chunk]), ['a'])
      break
    }
    const request = await server.received()
    await request.closed
  })
})
