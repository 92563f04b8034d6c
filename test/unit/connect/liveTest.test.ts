import assert from 'node:assert/strict'
import { createTransport, type Transport } from '../../../src/completions/index.ts'
import { GAP, liveTest, type LiveTest } from '../../../src/connect/liveTest.ts'
import type { CapabilityStore } from '../../../src/generation/serverCapabilities.ts'
import type { ServerId } from '../../../src/servers/profile.ts'
import { profileOf } from '../../../src/servers/profiles/index.ts'
import { DONE, event, json, stream, text } from '../../support/answers.ts'
import {
  hold,
  pause,
  startServer,
  type Answer,
  type ScriptedServer,
} from '../../support/sseServer.ts'
import { isError } from '../../support/wording.ts'
import { completionsServer } from '../../support/completionsServer.ts'
import { NOTHING_LEARNED, settingsOf, wireTo } from './support.ts'

const never = new AbortController().signal

suite('a live test', () => {
  let transport: Transport
  let server: ScriptedServer

  setup(async () => {
    transport = await createTransport()
  })
  teardown(async () => {
    await transport.close()
    await server.close()
  })

  interface Run {
    id?: ServerId
    model?: string
    context?: number
    signal?: AbortSignal
    limit?: number
    settings?: Parameters<typeof settingsOf>[0]
    capabilities?: CapabilityStore
  }

  function run({
    id = 'openai',
    model = 'm',
    context,
    signal = never,
    ...rest
  }: Run = {}): Promise<LiveTest> {
    const endpoint = `${server.url.origin}/v1`
    const settings = settingsOf({ endpoint, ...rest.settings })
    const wire = wireTo(settings, null, transport)
    const connection = { ...wire, profile: profileOf(id), model, context, isCertain: true }
    const { limit, capabilities = NOTHING_LEARNED } = rest
    return liveTest({
      connection,
      settings,
      capabilities,
      signal,
      ...(limit !== undefined && { limit }),
    })
  }
  const streamed = (): Record<string, unknown>[] =>
    server.requests
      .map(({ body }) => body as Record<string, unknown>)
      .filter((body) => body?.['stream'] === true)

  test('returns the text, the figures of the server, and that the field works', async () => {
    server = await startServer(completionsServer({ completion: 'a + b' }))
    const result = await run({ context: 32768 })
    assert.equal(result.text, 'a + b')
    assert.deepEqual(result.suffix, { mode: 'field' })
    assert.equal(result.context, 32768)
    const { cost } = result
    assert.deepEqual([cost.completion_tokens, cost.estimated], [3, false])
    assert.ok(cost.prompt_tokens > 10)
    assert.ok(cost.firstTokenAfter !== null && cost.firstTokenAfter > 0)
    const [body] = streamed()
    assert.deepEqual([body?.['prompt'], body?.['suffix']], [GAP.prompt, GAP.suffix])
  })

  test('measures the speed after the first token', async () => {
    const pieces = Array.from({ length: 10 }, () => [text('x'), pause(20)]).flat()
    const usage = { prompt_tokens: 5, completion_tokens: 11, total_tokens: 16 }
    server = await startServer(
      stream(pause(50), ...pieces, text('', 'stop'), event({ choices: [], usage }), DONE),
    )
    const { speed, cost } = await run({ id: 'vllm' })
    assert.ok(speed !== null && speed > 5 && speed < 50, `${speed} tokens/s`)
    assert.ok((cost.firstTokenAfter ?? 0) >= 45, `${cost.firstTokenAfter} ms`)
  })

  test('says that the tokens of the model are used', async () => {
    server = await startServer(completionsServer({ suffix: 'ignored' }))
    const { suffix } = await run({ model: 'qwen2.5-coder' })
    assert.deepEqual(suffix, { mode: 'template', template: 'qwen' })
    assert.match(String(streamed()[0]?.['prompt']), /^<\|fim_prefix\|>def add/)
  })

  test('says that a suffix is ignored', async () => {
    server = await startServer(completionsServer({ suffix: 'ignored' }))
    assert.deepEqual((await run()).suffix, { mode: 'ignored' })
  })

  test('says that a suffix is not sent, also where it was refused on the way', async () => {
    server = await startServer(completionsServer())
    assert.deepEqual((await run({ id: 'vllm' })).suffix, { mode: 'off' })
    const works = completionsServer()
    const refusing = await startServer((request) =>
      'suffix' in (request.body as object)
        ? json({ error: { message: 'suffix is not currently supported' } }, 400)
        : works(request),
    )
    await server.close()
    server = refusing
    const result = await run()
    assert.deepEqual([result.suffix, result.text], [{ mode: 'off' }, 'a + b'])
  })

  test('sends the suffix as runs do that learned something, and adds nothing', async () => {
    server = await startServer(completionsServer())
    const added: unknown[] = []
    const capabilities: CapabilityStore = {
      of: (endpoint, model) =>
        endpoint === `${server.url.origin}/v1` && model === 'qwen2.5-coder'
          ? { suffix: 'refused' }
          : {},
      add: async (...learned) => void added.push(learned),
    }
    const known = await run({ model: 'qwen2.5-coder', capabilities })
    assert.deepEqual(known.suffix, { mode: 'template', template: 'qwen' })
    assert.deepEqual((await run({ model: 'other', capabilities })).suffix, { mode: 'field' })
    assert.deepEqual(added, [])
  })

  test('filters the text as for the document', async () => {
    server = await startServer(completionsServer({ completion: 'a + b\n\n\nprint(add(1, 2))\n' }))
    assert.equal((await run()).text, 'a + b')
  })

  test('is one short completion, whatever the user’s requests are like', async () => {
    server = await startServer(completionsServer())
    await run({
      settings: { n: 3, bestOf: 5, echo: true, maxTokens: 4000, stream: false, temperature: 0.7 },
    })
    const body = streamed().at(-1)
    assert.deepEqual(
      [body?.['n'], body?.['best_of'], body?.['echo'], body?.['max_tokens'], body?.['temperature']],
      [undefined, undefined, undefined, 48, 0.7],
    )
  })

  test('reports an empty completion as one without text', async () => {
    server = await startServer(completionsServer({ completion: '' }))
    const { text: written, speed, cost } = await run()
    assert.deepEqual([written, speed, cost.firstTokenAfter], ['', null, null])
  })

  test('fails with the error of the server', async () => {
    server = await startServer(json({ error: { message: 'model not found' } }, 404))
    await assert.rejects(run(), isError('not_found', /model not found$/))
  })

  test('does not retry: the user decides', async () => {
    server = await startServer(json({ error: { message: 'Loading model' } }, 503))
    await assert.rejects(run({ id: 'vllm' }), isError('server', /Loading model$/))
    assert.equal(server.requests.length, 1)
  })

  test('ends at its limit with an error, and closes the connection', async () => {
    server = await startServer({ before: [hold], body: [] })
    const start = performance.now()
    await assert.rejects(
      run({ id: 'vllm', limit: 200 }),
      isError('timeout', /sent no token within 0.2 s/),
    )
    assert.ok(performance.now() - start < 2000)
    await (
      await server.received()
    ).closed
  })

  test('keeps the text that arrived before its limit', async () => {
    server = await startServer(stream(text('a + b'), hold))
    const { text: written } = await run({ id: 'vllm', limit: 300 })
    assert.equal(written, 'a + b')
  })

  test('can be cancelled', async () => {
    server = await startServer({ before: [hold], body: [] })
    const abort = new AbortController()
    const running = run({ id: 'vllm', signal: abort.signal })
    const request = await server.received()
    abort.abort()
    await assert.rejects(running, { name: 'AbortError' })
    await request.closed
  })

  test('asks Ollama for the context of the model that it has loaded', async () => {
    const loaded = { models: [{ name: 'm', digest: 'x', details: {}, context_length: 4096 }] }
    const ollama = completionsServer()
    server = await startServer((request): Answer =>
      request.path === '/api/ps' ? json(loaded) : ollama(request),
    )
    const result = await run({ id: 'ollama' })
    assert.deepEqual([result.context, result.suffix], [4096, { mode: 'field' }])
  })
})
