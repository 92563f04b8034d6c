import assert from 'node:assert/strict'
import { parseCompletion } from '../../../src/completions/parse.ts'
import { judgeProbe, probeRequests } from '../../../src/servers/probe.ts'
import { token, withEndpoint } from '../builtin/endpoint.ts'
import { useConnections } from '../completions/support.ts'
import { json } from '../../support/answers.ts'

/** A completion of one token, with that many of the prompt, or with no usage */
function completion(prompt_tokens: number | null, text = 'a') {
  const usage = prompt_tokens === null ? null : { prompt_tokens, completion_tokens: 1 }
  return parseCompletion({ choices: [{ text, finish_reason: 'length' }], usage })
}

suite('Servers: the probe for what becomes of a suffix', () => {
  const connect = useConnections()
  const requests = probeRequests('m')

  test('is the same request twice, for one token, with and without a suffix', () => {
    const { suffix, ...same } = requests.with
    assert.deepEqual(same, requests.without)
    assert.ok(suffix !== undefined && suffix.length > 100)
    assert.partialDeepStrictEqual(requests.without, { model: 'm', max_tokens: 1, temperature: 0 })
    assert.ok(!('model' in probeRequests('').with))
  })

  const verdicts: readonly [name: string, before: number | null, after: number | null, string][] = [
    ['many more tokens are read', 10, 110, 'honoured'],
    ['the same tokens are read', 10, 10, 'ignored'],
    ['a word stands for it', 12, 10, 'ignored'],
    ['some more tokens are read, but not the suffix', 10, 25, 'unknown'],
    ['less tokens are read: the prompt was cached', 40, 1, 'unknown'],
    ['nothing is counted', null, null, 'unknown'],
    ['it is counted once', 10, null, 'unknown'],
    ['zeros are counted', 0, 0, 'unknown'],
  ]
  for (const [name, before, after, verdict] of verdicts) {
    test(`${verdict} when ${name}`, () => {
      assert.equal(judgeProbe(completion(before), completion(after)), verdict)
    })
  }

  test('echoed when it is in the answer, whatever is counted', () => {
    const echo = `a${requests.with.suffix}`
    assert.equal(judgeProbe(completion(null), completion(null, echo)), 'echoed')
    assert.equal(judgeProbe(completion(10), completion(110, echo)), 'echoed')
  })

  test('tells a server that ignores it from one that does not, over the wire', async () => {
    const answer = (prompt_tokens: number) =>
      json({ choices: [{ text: 'a' }], usage: { prompt_tokens, completion_tokens: 1 } })
    for (const [after, verdict] of [
      [10, 'ignored'],
      [90, 'honoured'],
    ] as const) {
      const { client } = await connect([answer(10), answer(after)])
      const plain = await client.create(requests.without)
      assert.equal(judgeProbe(plain, await client.create(requests.with)), verdict)
    }
  })

  test('says of the built-in endpoint that it honours it', async () => {
    await withEndpoint({}, async ({ url }) => {
      const { client } = await connect(json({}), { apiKey: token, base: new URL(url) })
      const { without, with: suffixed } = probeRequests('workspace')
      assert.equal(
        judgeProbe(await client.create(without), await client.create(suffixed)),
        'honoured',
      )
    })
  })
})
