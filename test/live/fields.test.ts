import assert from 'node:assert/strict'
import { CONTEXT, type Completed, SHORT, useLiveClient, whole } from './client.ts'
import { useLlama } from './llamaServer.ts'

for (const suffix of [CONTEXT.suffix, '']) {
  suite(`live: fields of ${suffix === '' ? '/v1/completions' : '/infill'}`, () => {
    // One slot: requests at the same time can affect rounding.
    const server = useLlama({ slots: 1 })
    const client = useLiveClient()

    function complete(values: object): Promise<Completed> {
      const settings = { ...SHORT, endpoint: server().endpoint, ...values }
      return whole(client().complete({ ...CONTEXT, suffix }, settings))
    }

    test('the same seed gives the same text, another seed another text', async () => {
      // The first request fills the cache of the slot, which can affect rounding.
      await complete({ seed: 1 })
      const [one, same, other] = [
        await complete({ seed: 1 }),
        await complete({ seed: 1 }),
        await complete({ seed: 2 }),
      ]
      assert.deepEqual(one.texts, same.texts)
      assert.notDeepEqual(one.texts, other.texts)
    })

    test('a stop sequence ends the text before it', async () => {
      // A grammar makes the text known.
      const grammar = {
        extraBody: { grammar: 'root ::= "one, " "two; " "three"' },
        maxTokens: 32,
      }
      assert.deepEqual((await complete(grammar)).texts, ['one, two; three'])
      const { texts, end } = await complete({ ...grammar, stop: ['wo;', 'three'] })
      assert.deepEqual(texts, ['one, t'])
      assert.deepEqual(end, { by: 'server', reason: 'stop' })
    })

    test('each token has its log probability and its alternatives', async () => {
      const { pieces, texts } = await complete({ logprobs: 3 })
      const all = pieces.flatMap(({ segments }) => segments.flatMap((each) => each.token ?? []))
      // The filters can split a token into several segments.
      const tokens = new Map(all.map((token) => [token.offset, token]))
      assert.equal([...tokens.values()].map(({ text }) => text).join(''), texts[0])
      for (const { logprob, alternatives } of tokens.values()) {
        assert.ok(logprob !== null && logprob <= 0, String(logprob))
        assert.ok(Object.keys(alternatives ?? {}).length >= 2)
      }
    })

    test('an invalid value of extraBody is refused with the words of the server', async () => {
      await assert.rejects(complete({ extraBody: { grammar: 'root ::= (' } }), {
        name: 'CompletionError',
        status: 400,
        kind: 'rejected',
      })
      // A refused request does not change how the suffix is sent.
      assert.deepEqual(client().notices, [])
    })

    test('more choices than slots are refused, and one choice is generated', async () => {
      const { texts } = await complete({ n: 2 })
      assert.equal(texts.length, 1)
      if (suffix === '') assert.match(client().notices[0] ?? '', /does not support “n”/)
    })
  })
}

suite('live: several choices', () => {
  const server = useLlama({ slots: 2 })
  const client = useLiveClient()

  test('/v1/completions returns two choices', async () => {
    const values = { ...SHORT, endpoint: server().endpoint, n: 2 }
    const { texts } = await whole(client().complete({ ...CONTEXT, suffix: '' }, values))
    assert.equal(texts.length, 2)
    assert.ok(texts.every((text) => text !== ''))
  })

  // Needs `n` in the request to /infill, or a second request where a server returns one choice.
  test('/infill returns two choices', async () => {
    const values = { ...SHORT, endpoint: server().endpoint, n: 2 }
    const { texts } = await whole(client().complete(CONTEXT, values))
    assert.equal(texts.length, 2)
    assert.ok(texts.every((text) => text !== ''))
  })
})
