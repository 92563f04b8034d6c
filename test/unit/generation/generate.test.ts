import assert from 'node:assert/strict'
import { createClient, createTransport, type Transport } from '../../../src/completions/index.ts'
import { ask, type GenerateOptions } from '../../../src/generation/generate.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { capabilityStoreIn } from '../../../src/connection/learned/serverCapabilities.ts'
import type { CapabilityStore } from '../../../src/generation/serverCapabilities.ts'
import { parseSettings } from '../../../src/settings/settings.ts'
import { DONE, event, json, STOP, stream, text } from '../../support/answers.ts'
import { memory } from '../../support/memory.ts'
import { startServer, type RecordedRequest, type ScriptedServer } from '../../support/sseServer.ts'

const QWEN = 'qwen2.5-coder'
const WINDOW = { prompt: 'add(', suffix: ')' }
const TEMPLATED = '<|fim_prefix|>add(<|fim_suffix|>)<|fim_middle|>'

suite('asking', () => {
  let server: ScriptedServer
  let transport: Transport
  let capabilities: CapabilityStore
  let notices: string[]

  setup(async () => {
    capabilities = capabilityStoreIn(memory())
    notices = []
    transport = await createTransport()
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  async function asked({
    id = 'vllm',
    model = QWEN,
    settings = {},
  }: Partial<{ id: ServerId; model: string; settings: object }> = {}): Promise<string> {
    const values: Record<string, unknown> = { ...settings }
    const parsed = parseSettings((name) => values[name])
    const options: GenerateOptions = {
      connection: {
        base: server.url,
        profile: profileOf(id),
        model,
        client: (dialect) =>
          createClient({
            ...parsed,
            base: server.url,
            apiKey: null,
            send: transport.send,
            ...(dialect && { dialect }),
          }),
      },
      settings: parsed,
      capabilities,
      signal: new AbortController().signal,
      notice: (message) => notices.push(message.replace(server.url.host, 'HOST')),
    }
    let all = ''
    for await (const piece of ask(WINDOW, options)) all += piece.text
    return all
  }

  const bodies = (): Record<string, unknown>[] =>
    server.requests.map(({ body }) => body as Record<string, unknown>)
  const has = (request: RecordedRequest, name: string): boolean =>
    Object.hasOwn(request.body as object, name)
  const refuseSuffix = (request: RecordedRequest) =>
    has(request, 'suffix')
      ? json({ error: { message: 'suffix is not currently supported', code: 400 } }, 400)
      : stream(text('a, b'), STOP, DONE)

  test('a template goes out as the prompt, with the family’s stops', async () => {
    server = await startServer(stream(text('a, b'), STOP, DONE))
    assert.equal(await asked(), 'a, b')
    const [body] = bodies()
    assert.equal(body?.['prompt'], TEMPLATED)
    assert.ok(!('suffix' in (body ?? {})))
    assert.deepEqual(body?.['stop'], [
      '<|endoftext|>',
      '<|fim_pad|>',
      '<|file_sep|>',
      '<|repo_name|>',
    ])
  })

  test('a refused suffix goes out by the template, is remembered, and is told once', async () => {
    server = await startServer(refuseSuffix)
    await capabilities.add(server.url.href, QWEN, { suffix: 'honoured' })
    assert.equal(await asked({ id: 'openai' }), 'a, b')
    assert.equal(await asked({ id: 'openai' }), 'a, b')
    assert.deepEqual(
      bodies().map(({ prompt }) => prompt),
      ['add(', TEMPLATED, TEMPLATED],
    )
    assert.deepEqual(notices, [
      'HOST does not take the text after the caret; the model’s own fill-in-the-middle tokens (qwen) are used instead.',
    ])
  })

  test('without a template, only the prompt is left', async () => {
    server = await startServer(refuseSuffix)
    await capabilities.add(server.url.href, 'llama3', { suffix: 'honoured' })
    assert.equal(await asked({ id: 'openai', model: 'llama3' }), 'a, b')
    assert.deepEqual(notices, [
      'HOST does not take the text after the caret; only the text before the caret is sent.',
    ])
  })

  const usage = (prompt_tokens: number) => ({
    prompt_tokens,
    completion_tokens: 1,
    total_tokens: prompt_tokens + 1,
  })
  const probed = (answer: (suffix: unknown) => object) => (request: RecordedRequest) => {
    const { stream: streams, suffix } = request.body as { stream: boolean; suffix?: unknown }
    return streams ? stream(text('a, b'), STOP, DONE) : json(answer(suffix))
  }

  test('a server that ignores a suffix is found out by its count of tokens', async () => {
    server = await startServer(probed(() => ({ choices: [{ text: 'x' }], usage: usage(9) })))
    assert.equal(await asked({ id: 'openai' }), 'a, b')
    assert.equal(await asked({ id: 'openai' }), 'a, b')
    assert.deepEqual(
      bodies().map(({ stream: streams }) => streams),
      [false, false, true, true],
    )
    assert.equal(bodies()[2]?.['prompt'], TEMPLATED)
    assert.match(notices.join(), /^HOST ignores the text after the caret; the model’s own/)
  })

  test('a server that counts it is believed', async () => {
    server = await startServer(
      probed((suffix) => ({
        choices: [{ text: 'x' }],
        usage: usage(suffix === undefined ? 9 : 400),
      })),
    )
    assert.equal(await asked({ id: 'openai' }), 'a, b')
    assert.equal(bodies()[2]?.['suffix'], ')')
    assert.deepEqual(notices, [])
  })

  test('a server that repeats a suffix never gets one of the user’s', async () => {
    server = await startServer(
      probed((suffix) => ({
        choices: [{ text: `x${typeof suffix === 'string' ? suffix : ''}` }],
        usage: usage(9),
      })),
    )
    await asked({ id: 'openai' })
    assert.ok(bodies().every(({ suffix }) => suffix !== ')'))
    assert.match(notices.join(), /^HOST repeats the text after the caret/)
  })

  test('an optional field that is refused by name is left out, remembered, and told once', async () => {
    server = await startServer((request) =>
      has(request, 'seed')
        ? json({ error: { message: 'Unrecognized request argument supplied: seed' } }, 400)
        : stream(text('a, b'), STOP, DONE),
    )
    const settings = { seed: 7 }
    assert.equal(await asked({ settings }), 'a, b')
    assert.equal(await asked({ settings }), 'a, b')
    assert.deepEqual(
      server.requests.map((request) => has(request, 'seed')),
      [true, false, false],
    )
    assert.deepEqual(notices, ['HOST does not take “seed”; it is left out.'])
  })

  test('a failure that is no refusal is the user’s to see', async () => {
    server = await startServer(json({ error: { message: 'No such model' } }, 400))
    await assert.rejects(asked(), { kind: 'rejected' })
    assert.equal(server.requests.length, 1)
  })

  test('a refusal after text is no reason to ask again', async () => {
    server = await startServer(
      stream(
        text('a'),
        event({ error: { message: 'Unrecognized request argument supplied: seed' } }),
      ),
    )
    await assert.rejects(asked({ settings: { seed: 7 } }), { kind: 'server' })
    assert.equal(server.requests.length, 1)
  })

  test('no token of the model’s gets through, however it is split', async () => {
    server = await startServer(stream(text('a, b<|end'), text('oftext|>\nmore'), STOP, DONE))
    assert.equal(await asked(), 'a, b')
  })

  test('an echo of the prompt does not get through', async () => {
    server = await startServer(stream(text('ad'), text('d(a, b'), STOP, DONE))
    await capabilities.add(server.url.href, 'llama3', { suffix: 'honoured' })
    const settings = { echo: true }
    assert.equal(await asked({ id: 'openai', model: 'llama3', settings }), 'a, b')
    assert.equal(bodies()[0]?.['echo'], true)
  })

  test('without streaming, and with best_of, the answer comes whole', async () => {
    server = await startServer(json({ choices: [{ text: 'a, b', finish_reason: 'stop' }] }))
    assert.equal(await asked({ settings: { stream: false } }), 'a, b')
    assert.equal(await asked({ settings: { bestOf: 3 } }), 'a, b')
    assert.deepEqual(
      bodies().map(({ stream: streams, best_of }) => [streams, best_of]),
      [
        [false, undefined],
        [false, 3],
      ],
    )
  })
})
