import assert from 'node:assert/strict'
import { complete as completeParts } from '../../../src/builtin/complete.ts'
import { parseRequest } from '../../../src/builtin/request.ts'
import {
  chunks,
  complete,
  events,
  post,
  texts,
  token,
  withEndpoint,
  type Choice,
} from './endpoint.ts'
import { config, knowledgeOf, python } from './model.ts'

const files = { 'config.js': config, 'total.py': python }
const greedy = { temperature: 0, max_tokens: 99 }
/** A prompt with many possible continuations, sampled at temperature 1 */
const varied = { prompt: 'export async function ', temperature: 1, max_tokens: 12 }

/** The whole choices from those of a stream */
function joinChoices(parts: readonly Choice[]): Choice[] {
  const choices: Choice[] = []
  for (const { index, text, logprobs, finish_reason } of parts) {
    const choice = (choices[index] ??= { index, text: '', logprobs: null, finish_reason: null })
    choice.text += text
    choice.finish_reason = finish_reason
    if (logprobs === null) continue
    choice.logprobs ??= { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] }
    choice.logprobs.tokens.push(...logprobs.tokens)
    choice.logprobs.token_logprobs.push(...logprobs.token_logprobs)
    choice.logprobs.top_logprobs.push(...logprobs.top_logprobs)
    choice.logprobs.text_offset.push(...logprobs.text_offset)
  }
  return choices
}

suite('Built-in endpoint: API', () => {
  test('returns a whole completion', () =>
    withEndpoint(files, async (server) => {
      const response = await post(server, { prompt: 'export function ar', suffix: '\n', ...greedy })
      assert.match(response.headers.get('x-request-id') ?? '', /^req_/)
      const { id, created, system_fingerprint, ...rest }: Record<string, unknown> = JSON.parse(
        await response.text(),
      )
      assert.match(String(id), /^cmpl-/)
      assert.match(String(system_fingerprint), /^fp_/)
      assert.ok(Math.abs(Number(created) - Date.now() / 1000) < 5)
      const text = 'ea(width, height) {\n  return width * height\n}'
      assert.deepEqual(rest, {
        object: 'text_completion',
        model: 'workspace',
        choices: [{ index: 0, text, logprobs: null, finish_reason: 'stop' }],
        // The model reads the suffix as well, so it counts as prompt.
        usage: { prompt_tokens: 5 + 1, completion_tokens: 19, total_tokens: 25 },
      })
    }))

  test('a stream has the same content as the whole completion of the same seed', () =>
    withEndpoint(files, async (server) => {
      const body = { ...varied, seed: 3, n: 3, logprobs: 2, echo: true, stop: ['\n'] }
      const whole = await complete(server, body)
      const stream = { ...body, stream: true, stream_options: { include_usage: true } }
      const all = await events(await post(server, stream))
      assert.equal(all.pop(), '[DONE]')
      const parts = all.filter((each) => each !== '[DONE]')
      assert.deepEqual(joinChoices(parts.flatMap((each) => each.choices)), whole.choices)
      assert.deepEqual(parts.pop()?.usage, whole.usage)
      assert.ok(parts.every((each) => each.usage === null))
      assert.equal(new Set(parts.map((each) => each.id)).size, 1)
      for (const { text } of parts.flatMap((each) => each.choices)) assert.ok(text.isWellFormed())
      const without = await chunks(await post(server, { ...body, stream: true }))
      assert.ok(without.every((each) => !('usage' in each)))
    }))

  test('returns the same choices for the same seed', () =>
    withEndpoint(files, async (server) => {
      const body = { ...varied, seed: 7, n: 20 }
      const [a, b] = [await complete(server, body), await complete(server, body)]
      assert.deepEqual(a.choices, b.choices)
      assert.equal(a.system_fingerprint, b.system_fingerprint)
    }))

  test('the choices of one request differ, and so do those of other seeds', () =>
    withEndpoint(files, async (server) => {
      const all = await texts(server, { ...varied, seed: 7, n: 20 })
      assert.ok(new Set(all).size > 5, `${new Set(all).size} of 20`)
      const seeds = await Promise.all(
        [1, 2, 3, 4].map((seed) => texts(server, { ...varied, seed })),
      )
      assert.ok(new Set(seeds.flat()).size > 1)
    }))

  test('without a seed, takes a random one', () => {
    const seeds = Array.from({ length: 8 }, () => parseRequest(varied, 'workspace', 300).seed)
    assert.ok(new Set(seeds).size > 1)
    assert.ok(seeds.every((seed) => Number.isInteger(seed)))
  })

  test('keeps the fingerprint until its state changes, also by new words in a prompt', () =>
    withEndpoint(files, async (server) => {
      const body = { prompt: 'neverSeenBefore(', max_tokens: 1, temperature: 0, stream: true }
      const [first, second] = [
        await chunks(await post(server, body)),
        await complete(server, { ...body, stream: false }),
      ]
      assert.equal(first[0]?.system_fingerprint, second.system_fingerprint)
      const other = await complete(server, { prompt: 'andThis(', max_tokens: 1, temperature: 0 })
      assert.notEqual(other.system_fingerprint, second.system_fingerprint)
    }))

  test('returns n choices for each prompt, in order', () =>
    withEndpoint(files, async (server) => {
      const { choices } = await complete(server, {
        prompt: ['return wid', 'for item in it'],
        n: 2,
        ...greedy,
        echo: true,
        max_tokens: 1,
      })
      assert.deepEqual(
        choices.map(({ index, text }) => [index, text]),
        [
          [0, 'return width'],
          [1, 'return width'],
          [2, 'for item in items'],
          [3, 'for item in items'],
        ],
      )
    }))

  test('best_of returns the best by mean log probability, and usage counts all candidates', () =>
    withEndpoint(files, async (server) => {
      const mean = ({ logprobs }: Choice): number => {
        const all = logprobs?.token_logprobs ?? []
        return all.reduce<number>((sum, each) => sum + (each ?? 0), 0) / Math.max(1, all.length)
      }
      const body = { ...varied, seed: 11, logprobs: 0 }
      const every = await complete(server, { ...body, n: 8 })
      const best = await complete(server, { ...body, n: 2, best_of: 8 })
      const sorted = every.choices.toSorted((a, b) => mean(b) - mean(a))
      assert.deepEqual(
        best.choices.map(({ text }) => text),
        sorted.slice(0, 2).map(({ text }) => text),
      )
      assert.deepEqual(
        best.choices.map(({ index }) => index),
        [0, 1],
      )
      assert.equal(best.usage?.completion_tokens, every.usage?.completion_tokens)
    }))

  test('logprobs have an entry per token, with offsets from the start of the prompt', () =>
    withEndpoint(files, async (server) => {
      const prompt = 'export function area('
      const { choices, usage } = await complete(server, { prompt, logprobs: 3, ...greedy })
      const [{ text, logprobs }] = choices as [Choice]
      assert.equal(logprobs?.tokens.join(''), text)
      assert.equal(logprobs.tokens.length, usage?.completion_tokens)
      let offset = prompt.length
      for (const [at, each] of logprobs.tokens.entries()) {
        assert.equal(logprobs.text_offset[at], offset)
        offset += each.length
        const top: Record<string, number> = logprobs.top_logprobs[at] ?? {}
        assert.equal(Object.keys(top).length, 3)
        // Greedy: the token is the likeliest one.
        assert.equal(logprobs.token_logprobs[at], Math.max(...Object.values(top)))
        assert.equal(top[each], logprobs.token_logprobs[at])
        assert.ok(Object.values(top).reduce((sum, p) => sum + Math.exp(p), 0) <= 1 + 1e-9)
      }
    }))

  test('echo with logprobs includes those of the prompt, the first being null', () =>
    withEndpoint(files, async (server) => {
      const prompt = 'export function area'
      const { choices, usage } = await complete(server, {
        prompt,
        echo: true,
        logprobs: 2,
        max_tokens: 0,
      })
      const [{ text, logprobs, finish_reason }] = choices as [Choice]
      assert.equal(text, prompt)
      assert.equal(finish_reason, 'length')
      assert.deepEqual(logprobs?.tokens, ['export', ' ', 'function', ' ', 'area'])
      assert.deepEqual(logprobs.text_offset, [0, 6, 7, 15, 16])
      assert.equal(logprobs.token_logprobs[0], null)
      assert.equal(logprobs.top_logprobs[0], null)
      assert.ok((logprobs.token_logprobs[3] ?? -9) > Math.log(0.5))
      assert.deepEqual(usage, { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 })
    }))

  test('accepts token ids as prompt, the same as in logit_bias', () =>
    withEndpoint({}, async (server) => {
      // 0 to 255 are bytes, 256 ends a text. Without files, the vocabulary has no other tokens.
      const bytes = [...Buffer.from('größe')]
      const echo = { echo: true, max_tokens: 0 }
      assert.deepEqual(await texts(server, { prompt: bytes, ...echo }), ['größe'])
      assert.deepEqual(await texts(server, { prompt: [[97], [98, 99]], ...echo }), ['a', 'bc'])
      const { choices } = await complete(server, {
        prompt: 'x',
        max_tokens: 3,
        logit_bias: { 65: 100 },
        logprobs: 1,
        temperature: 0,
      })
      assert.equal(choices[0]?.text.slice(-2), 'AA')
      assert.equal(choices[0]?.logprobs?.tokens[1], 'bytes:\\x41')
      const never = await complete(server, {
        prompt: [97, 98, 97],
        max_tokens: 5,
        temperature: 0,
        logit_bias: { 97: -100, 98: -100, 256: -100 },
      })
      assert.doesNotMatch(never.choices[0]?.text ?? '', /[ab]/)
    }))

  test('does not stream an incomplete character, and names its bytes in logprobs', () =>
    withEndpoint({}, async (server) => {
      const bias = {
        logit_bias: { 0xc3: 100 },
        temperature: 0,
        max_tokens: 3,
        stream: true,
        logprobs: 0,
      }
      const parts = await chunks(await post(server, { prompt: '(', ...bias }))
      const [choice] = joinChoices(parts.flatMap((each) => each.choices))
      assert.deepEqual(choice?.logprobs?.tokens, ['bytes:\\xc3', 'bytes:\\xc3', 'bytes:\\xc3'])
      assert.equal(choice.text, '\ufffd\ufffd')
    }))

  test('ends the text at a stop sequence, also at one of several tokens', () =>
    withEndpoint(files, async (server) => {
      const body = { prompt: 'export function ar', ...greedy, logprobs: 0 }
      const { choices, usage } = await complete(server, { ...body, stop: ['nothing', 'th, hei'] })
      assert.equal(choices[0]?.text, 'ea(wid')
      assert.equal(choices[0].finish_reason, 'stop')
      // The token in which the sequence begins counts as part of the text.
      assert.deepEqual(choices[0].logprobs?.tokens, ['ea', '(', 'width'])
      assert.equal(usage?.completion_tokens, 6)
      const held = await complete(server, { ...body, stop: '(widthx', max_tokens: 3 })
      assert.equal(held.choices[0]?.text, 'ea(width')
      assert.equal(held.choices[0].finish_reason, 'length')
    }))

  test('penalties reduce repetition', () =>
    withEndpoint(
      { 'a.txt': 'go go go go go go go go go go go go go go go go go stop' },
      async (server) => {
        const body = { prompt: 'go ', temperature: 0, max_tokens: 9 }
        const repetitions = async (penalties: object): Promise<number> =>
          ((await texts(server, { ...body, ...penalties }))[0] ?? '').split('go').length - 1
        const without = await repetitions({})
        assert.ok(without >= 4, `${without}`)
        assert.ok((await repetitions({ frequency_penalty: 2 })) < without)
        assert.ok((await repetitions({ presence_penalty: 2, frequency_penalty: 2 })) < without)
      },
    ))

  test('ends at max_tokens with finish_reason length', () =>
    withEndpoint(files, async (server) => {
      for (const max_tokens of [0, 1, 5]) {
        const { choices, usage } = await complete(server, {
          prompt: 'export function ar',
          temperature: 0,
          max_tokens,
        })
        assert.equal(usage?.completion_tokens, max_tokens)
        assert.equal(choices[0]?.finish_reason, 'length')
      }
    }))

  test('uses the changed content of a file', () =>
    withEndpoint({ 'a.js': 'alpha(beta)\n' }, async (server, root) => {
      assert.deepEqual(await texts(server, { prompt: 'alpha(', suffix: ')', ...greedy }), ['beta'])
      const { writeFile } = await import('node:fs/promises')
      await writeFile(`${root}/a.js`, 'alpha(gamma)\n')
      assert.deepEqual(await texts(server, { prompt: 'alpha(', suffix: ')', ...greedy }), ['gamma'])
    }))

  test('lists its model', () =>
    withEndpoint({}, async ({ url }) => {
      const response = await fetch(`${url}/models`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const list: { object: string; data: { id: string }[] } = JSON.parse(await response.text())
      assert.equal(list.object, 'list')
      assert.deepEqual(
        list.data.map((each) => each.id),
        ['workspace'],
      )
    }))

  test('stops when the client disconnects', async () => {
    const disconnected = new AbortController()
    const request = parseRequest(
      { prompt: 'const ', n: 100, max_tokens: 99, seed: 1, stream: true },
      'workspace',
      300,
    )
    let parts = 0
    const read = async (): Promise<void> => {
      for await (const _ of completeParts(knowledgeOf([config]), request, disconnected.signal)) {
        if (++parts === 3) disconnected.abort()
      }
    }
    await assert.rejects(read(), { name: 'AbortError' })
    assert.equal(parts, 3)
  })
})
