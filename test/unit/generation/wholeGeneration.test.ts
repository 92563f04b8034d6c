import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import type { Piece } from '../../../src/generation/choices.ts'
import { DONE, event, json, stream, text } from '../../support/answers.ts'
import { startServer, type Answer, type ScriptedServer } from '../../support/sseServer.ts'
import { capabilitiesOf, generationFrom, piecesOf } from './support.ts'

/** A server that ignores `suffix`, refuses `seed` and repeats the suffix in its completion */
function answerTo(body: Record<string, unknown>): Answer {
  const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 }
  // The probe: the suffix adds no prompt tokens, so the server ignores it.
  if (body['stream'] !== true) return json({ choices: [{ text: 'x' }], usage })
  if ('seed' in body) {
    return json({ error: { message: 'Unrecognized request argument supplied: seed' } }, 400)
  }
  const tokens = ['\r\n', '    total', ' = sum(items)', '\r\n    return', ' total\r\n}', '<|end']
  let offset = 0
  const chunks = tokens.map((token) => {
    const logprobs = {
      tokens: [token],
      token_logprobs: [-0.25],
      top_logprobs: [{ [token]: -0.25, other: -2 }],
      text_offset: [offset],
    }
    offset += token.length
    return event({ choices: [{ index: 0, text: token, finish_reason: null, logprobs }] })
  })
  return stream(...chunks, text('oftext|>more'), DONE)
}

suite('a whole generation in plain Node', () => {
  let server: ScriptedServer
  let transport: Transport

  setup(async () => {
    transport = await createTransport()
    server = await startServer(({ body }) => answerTo(body as Record<string, unknown>))
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  test('probes the server, leaves out a refused field, renders the template and filters the text', async () => {
    const notices: string[] = []
    const capabilities = capabilitiesOf()
    const options = generationFrom({
      server,
      transport,
      capabilities,
      notices,
      id: 'openai',
      settings: { seed: 7, logprobs: 1 },
    })
    const context = { prompt: 'function f(items) {', suffix: '\n\treturn total\n}\n' }
    const surroundings = {
      before: 'function f(items) {',
      linePrefix: 'function f(items) {',
      suffix: context.suffix,
      insertSpaces: false,
      tabSize: 4,
    }
    const pieces: Piece[] = []
    for await (const piece of piecesOf(context, { ...options, surroundings })) pieces.push(piece)

    assert.equal(pieces.map((piece) => piece.text).join(''), '\n\ttotal = sum(items)')
    assert.deepEqual(pieces.at(-1)?.end, { by: 'server', reason: 'stop' })
    const segments = pieces.flatMap((piece) => piece.segments)
    assert.deepEqual(
      segments.map((segment) => [segment.text, segment.token?.text, segment.token?.offset]),
      [
        ['\n', '\r\n', 0],
        ['\ttotal', '    total', 2],
        [' = sum(items)', ' = sum(items)', 11],
      ],
    )
    assert.deepEqual(segments[2]?.token, {
      text: ' = sum(items)',
      offset: 11,
      logprob: -0.25,
      alternatives: { ' = sum(items)': -0.25, other: -2 },
    })

    const bodies = server.requests.map(({ body }) => body as Record<string, unknown>)
    assert.deepEqual(
      bodies.map((body) => ['suffix' in body, 'seed' in body]),
      [
        [false, false],
        [true, false],
        [false, true],
        [false, false],
      ],
    )
    assert.equal(
      bodies[3]?.['prompt'],
      '<|fim_prefix|>function f(items) {<|fim_suffix|>\n\treturn total\n}\n<|fim_middle|>',
    )
    assert.deepEqual(capabilities.of('', ''), { suffix: 'ignored', refused: ['seed'] })
    assert.equal(notices.length, 2)
  })
})
