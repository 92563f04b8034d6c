import assert from 'node:assert/strict'
import { DONE, json, stream, text } from '../../support/answers.ts'
import { hold, type Answer } from '../../support/sseServer.ts'
import { capabilitiesOf, generationFrom, piecesOf, useServed } from './support.ts'

const REFUSED = json({ error: { message: 'max_tokens must be at least 16' } }, 400)

suite('a probe never ends a run', () => {
  const serve = useServed()

  /** The text, what was learned, and the bodies of the requests that are no probes */
  async function run(
    probe: (body: { max_tokens: number; suffix?: string }) => Answer,
    {
      isCertain = true,
      model = 'm',
      settings = {},
      refuse = (_body: Record<string, unknown>): Answer | null => null,
    } = {},
  ) {
    const sent: Record<string, unknown>[] = []
    const { server, transport } = await serve(({ body }) => {
      const fields = body as { stream: boolean; max_tokens: number }
      if (!fields.stream) return probe(fields)
      const refusal = refuse({ ...fields })
      if (refusal !== null) return refusal
      sent.push({ ...fields })
      return stream(text('a', 'stop'), DONE)
    })
    const capabilities = capabilitiesOf()
    const notices: string[] = []
    const options = generationFrom({
      server,
      transport,
      capabilities,
      notices,
      id: 'openai',
      model,
      settings,
    })
    const connection = { ...options.connection, isCertain }
    let all = ''
    for await (const piece of piecesOf(
      { prompt: 'f(', suffix: ')\n' },
      { ...options, connection },
    )) {
      all += piece.text
    }
    return { text: all, learned: capabilities.of('', ''), sent, notices, requests: server.requests }
  }

  for (const [name, answer] of Object.entries<Answer>({
    'is refused for its values': REFUSED,
    'fails with status 500': { status: 500 },
    'is rejected with status 403': { status: 403 },
    'is limited': { status: 429, headers: { 'retry-after': '3600' } },
    'gets a web page': { body: ['<html>'] },
    'gets no completion': json({ object: 'list' }),
  })) {
    test(`that ${name}: nothing is remembered, and the suffix is sent`, async () => {
      const { text: got, learned, sent } = await run(() => answer)
      assert.deepEqual([got, learned.suffix, sent[0]?.['suffix']], ['a', undefined, ')\n'])
    })
  }

  test('that gets no response within 2 s', async function () {
    this.timeout(6000)
    const start = performance.now()
    const { text: got, learned } = await run(() => ({ before: [hold] }))
    assert.deepEqual([got, learned.suffix], ['a', undefined])
    assert.ok(performance.now() - start < 4000)
  })

  test('that is refused for too few tokens is sent with more', async () => {
    const usage = (count: number) => ({
      prompt_tokens: count,
      completion_tokens: 1,
      total_tokens: 9,
    })
    const { learned } = await run(({ max_tokens, suffix }) =>
      max_tokens < 16
        ? REFUSED
        : json({ choices: [{ text: 'x' }], usage: usage(suffix === undefined ? 9 : 90) }),
    )
    assert.equal(learned.suffix, 'honoured')
  })

  test('is not sent while the server is loading', async () => {
    const { requests, learned } = await run(() => REFUSED, { isCertain: false })
    assert.deepEqual([requests.length, learned], [1, {}])
  })

  test('nothing that a loading server refuses is remembered', async () => {
    const { learned, text: got } = await run(() => REFUSED, {
      isCertain: false,
      settings: { seed: 1 },
      refuse: (body) =>
        'suffix' in body || 'seed' in body
          ? json(
              { error: { message: `Unsupported param: ${'suffix' in body ? 'suffix' : 'seed'}` } },
              400,
            )
          : null,
    })
    assert.deepEqual([learned, got], [{}, 'a'])
  })

  test('the suffix is sent when a probe sees no effect and no template is known', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 }
    const { sent, notices } = await run(() => json({ choices: [{ text: 'x' }], usage }))
    assert.deepEqual([sent[0]?.['suffix'], notices], [')\n', []])
  })

  test('`n` that a server ignores is omitted from then on', async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 }
    const answer = json({ choices: [{ text: 'x' }], usage })
    const { notices, learned } = await run(() => answer, { settings: { n: 3 } })
    assert.deepEqual(learned.refused, ['n'])
    assert.deepEqual(notices, [
      'HOST does not support “n”, which your settings specify; it is omitted.',
    ])
  })
})
