import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { capabilityStoreIn } from '../../../src/connection/learned/serverCapabilities.ts'
import type { CapabilityStore } from '../../../src/generation/serverCapabilities.ts'
import { DONE, event, json, STOP, stream, text } from '../../support/answers.ts'
import { memory } from '../../support/memory.ts'
import { startServer, type RecordedRequest, type ScriptedServer } from '../../support/sseServer.ts'
import { generationFrom, piecesOf } from './support.ts'

const QWEN = 'qwen2.5-coder'
const CONTEXT = { prompt: 'add(', suffix: ')' }
const TEMPLATED = '<|fim_prefix|>add(<|fim_suffix|>)<|fim_middle|>'

suite('generate', () => {
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

  async function generated({
    id = 'vllm',
    model = QWEN,
    settings = {},
  }: Partial<{ id: ServerId; model: string; settings: object }> = {}): Promise<string> {
    const options = generationFrom({
      server,
      transport,
      capabilities,
      notices,
      id,
      model,
      settings,
    })
    let all = ''
    for await (const piece of piecesOf(CONTEXT, options)) all += piece.text
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

  test('sends the rendered template as the prompt, with the stop tokens of the model family', async () => {
    server = await startServer(stream(text('a, b'), STOP, DONE))
    assert.equal(await generated(), 'a, b')
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

  test('uses the template when the suffix is refused, remembers it and notifies once', async () => {
    server = await startServer(refuseSuffix)
    await capabilities.add(server.url.href, QWEN, { suffix: 'honoured' })
    assert.equal(await generated({ id: 'openai' }), 'a, b')
    assert.equal(await generated({ id: 'openai' }), 'a, b')
    assert.deepEqual(
      bodies().map(({ prompt }) => prompt),
      ['add(', TEMPLATED, TEMPLATED],
    )
    assert.deepEqual(notices, [
      'HOST does not support suffixes. The fill-in-the-middle tokens of the model (qwen) are used instead.',
    ])
  })

  test('sends only the prompt when the suffix is refused and no template is known', async () => {
    server = await startServer(refuseSuffix)
    await capabilities.add(server.url.href, 'llama3', { suffix: 'honoured' })
    assert.equal(await generated({ id: 'openai', model: 'llama3' }), 'a, b')
    assert.deepEqual(notices, [
      'HOST does not support suffixes. Only the text before the cursor is sent.',
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

  test('detects by prompt_tokens that the server ignores the suffix', async () => {
    server = await startServer(probed(() => ({ choices: [{ text: 'x' }], usage: usage(9) })))
    assert.equal(await generated({ id: 'openai' }), 'a, b')
    assert.equal(await generated({ id: 'openai' }), 'a, b')
    assert.deepEqual(
      bodies().map(({ stream: streams }) => streams),
      [false, false, true, true],
    )
    assert.equal(bodies()[2]?.['prompt'], TEMPLATED)
    assert.match(
      notices.join(),
      /^HOST ignores the suffix\. The fill-in-the-middle tokens of the model/,
    )
  })

  test('uses the suffix field when the server counts the suffix in prompt_tokens', async () => {
    server = await startServer(
      probed((suffix) => ({
        choices: [{ text: 'x' }],
        usage: usage(suffix === undefined ? 9 : 400),
      })),
    )
    assert.equal(await generated({ id: 'openai' }), 'a, b')
    assert.equal(bodies()[2]?.['suffix'], ')')
    assert.deepEqual(notices, [])
  })

  test('never sends the suffix field to a server that echoes the suffix', async () => {
    server = await startServer(
      probed((suffix) => ({
        choices: [{ text: `x${typeof suffix === 'string' ? suffix : ''}` }],
        usage: usage(9),
      })),
    )
    await generated({ id: 'openai' })
    assert.ok(bodies().every(({ suffix }) => suffix !== ')'))
    assert.match(notices.join(), /^HOST repeats the suffix/)
  })

  test('leaves out an optional field that is refused by name, remembers it and notifies once', async () => {
    server = await startServer((request) =>
      has(request, 'seed')
        ? json({ error: { message: 'Unrecognized request argument supplied: seed' } }, 400)
        : stream(text('a, b'), STOP, DONE),
    )
    const settings = { seed: 7 }
    assert.equal(await generated({ settings }), 'a, b')
    assert.equal(await generated({ settings }), 'a, b')
    assert.deepEqual(
      server.requests.map((request) => has(request, 'seed')),
      [true, false, false],
    )
    assert.deepEqual(notices, [
      'HOST does not support “seed”, which your settings specify; it is omitted.',
    ])
  })

  test('reports an error that is not a refusal', async () => {
    server = await startServer(json({ error: { message: 'No such model' } }, 400))
    await assert.rejects(generated(), { kind: 'rejected' })
    assert.equal(server.requests.length, 1)
  })

  test('does not retry after text was received', async () => {
    server = await startServer(
      stream(
        text('a'),
        event({ error: { message: 'Unrecognized request argument supplied: seed' } }),
      ),
    )
    await assert.rejects(generated({ settings: { seed: 7 } }), { kind: 'server' })
    assert.equal(server.requests.length, 1)
  })

  test('removes a special token that is split across chunks', async () => {
    server = await startServer(stream(text('a, b<|end'), text('oftext|>\nmore'), STOP, DONE))
    assert.equal(await generated(), 'a, b')
  })

  test('removes the echo of the prompt', async () => {
    server = await startServer(stream(text('ad'), text('d(a, b'), STOP, DONE))
    await capabilities.add(server.url.href, 'llama3', { suffix: 'honoured' })
    const settings = { echo: true }
    assert.equal(await generated({ id: 'openai', model: 'llama3', settings }), 'a, b')
    assert.equal(bodies()[0]?.['echo'], true)
  })

  test('requests the whole completion without streaming and with best_of', async () => {
    server = await startServer(json({ choices: [{ text: 'a, b', finish_reason: 'stop' }] }))
    assert.equal(await generated({ settings: { stream: false } }), 'a, b')
    assert.equal(await generated({ settings: { bestOf: 3 } }), 'a, b')
    assert.deepEqual(
      bodies().map(({ stream: streams, best_of }) => [streams, best_of]),
      [
        [false, undefined],
        [false, 3],
      ],
    )
  })
})
