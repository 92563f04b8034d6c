import assert from 'node:assert/strict'
import { createClient, createTransport, type Transport } from '../../../../src/completions/index.ts'
import type { CompletionRequest } from '../../../../src/completions/types.ts'
import { learningRatios } from '../../../../src/connection/learned/learnRatios.ts'
import { profileOf } from '../../../../src/servers/profiles/index.ts'
import { parseSettings } from '../../../../src/settings/settings.ts'
import { tokenRatiosIn, type TokenRatios } from '../../../../src/connection/learned/tokenRatios.ts'
import { DONE, event, json, STOP, stream, text } from '../../../support/answers.ts'
import { memory } from '../../../support/memory.ts'
import { startServer, type Answer, type ScriptedServer } from '../../../support/sseServer.ts'

const usage = { prompt_tokens: 100, completion_tokens: 1, total_tokens: 101 }
const counted = stream(text('x'), STOP, event({ choices: [], usage }), DONE)
/** 500 characters, 5 a token */
const request: CompletionRequest = {
  model: 'm',
  prompt: 'a'.repeat(300),
  suffix: 'b'.repeat(200),
  max_tokens: 8,
}

suite('measuring characters per token', () => {
  const settings = parseSettings((name) => (name === 'model' ? 'm' : undefined))
  let transport: Transport
  let ratios: TokenRatios
  let server: ScriptedServer | undefined

  setup(async () => {
    transport = await createTransport()
    ratios = tokenRatiosIn(memory())
  })
  teardown(async () => {
    await transport.close()
    await server?.close()
    server = undefined
  })

  async function clientFor(answer: Answer) {
    const { url: base } = (server = await startServer(answer))
    const { send } = transport
    const found = {
      base,
      profile: profileOf('openai'),
      model: 'm',
      isCertain: true,
      client: () => createClient({ ...settings, base, apiKey: null, send }),
      requestOptions: { base, apiKey: null },
      send,
    }
    const connections = learningRatios({ connect: async () => found }, ratios)
    return (await connections.connect(settings, new AbortController().signal)).client()
  }

  async function read(answer: Answer, asked: CompletionRequest, chunks = Infinity): Promise<void> {
    const client = await clientFor(answer)
    let left = chunks
    for await (const _ of client.createStreaming(asked)) if (--left === 0) return
  }

  test('uses a stream with usage', async () => {
    await read(counted, request)
    assert.equal(ratios.of(settings), 4)
  })

  test('uses a stream that was left after the usage', async () => {
    await read(stream(event({ choices: [], usage }), text('x'), text('y'), STOP, DONE), request, 2)
    assert.equal(ratios.of(settings), 4)
  })

  test('uses a whole response', async () => {
    const client = await clientFor(
      json({ choices: [{ text: 'x', index: 0, finish_reason: 'stop' }], usage }),
    )
    await client.create(request)
    assert.equal(ratios.of(settings), 4)
  })

  const nothing: [what: string, answer: Answer, asked: CompletionRequest][] = [
    ['no figures', stream(text('x'), STOP, DONE), request],
    ['a prompt of tokens', counted, { ...request, prompt: [1, 2, 3] }],
    ['several choices, whose prompt may count for each', counted, { ...request, n: 2 }],
    ['another model', counted, { ...request, model: 'other' }],
  ]
  for (const [what, answer, asked] of nothing) {
    test(`does not use ${what}`, async () => {
      await read(answer, asked)
      assert.equal(ratios.of(settings), 3)
    })
  }
})
