import assert from 'node:assert/strict'
import { parseCompletion } from '../../../src/completions/parse.ts'
import { judgeProbe, probeRequests } from '../../../src/servers/probe.ts'
import { token, withEndpoint } from '../builtin/endpoint.ts'
import { useConnections } from '../completions/support.ts'
import { json } from '../../support/answers.ts'

/** A completion of one token with that number of prompt tokens; null: without usage */
function completion(prompt_tokens: number | null, text = 'a') {
  const usage = prompt_tokens === null ? null : { prompt_tokens, completion_tokens: 1 }
  return parseCompletion({ choices: [{ text, finish_reason: 'length' }], usage })
}

suite('Servers: probe for the suffix', () => {
  const connect = useConnections()
  const requests = probeRequests('m')

  test('sends the same request for one token without and with a suffix', () => {
    const { suffix, ...same } = requests.with
    assert.deepEqual(same, requests.without)
    assert.ok(suffix !== undefined && suffix.length > 100)
    assert.partialDeepStrictEqual(requests.without, { model: 'm', max_tokens: 1, temperature: 0 })
    assert.ok(!('model' in probeRequests('').with))
  })

  const verdicts: readonly [name: string, before: number | null, after: number | null, string][] = [
    ['the prompt has many more tokens', 10, 110, 'honoured'],
    ['the prompt has as many tokens', 10, 10, 'ignored'],
    ['a word replaces the suffix', 12, 10, 'ignored'],
    ['the prompt has a few more tokens, but fewer than the suffix', 10, 25, 'unknown'],
    ['the prompt has fewer tokens, as it was cached', 40, 1, 'unknown'],
    ['there is no usage', null, null, 'unknown'],
    ['one completion has no usage', 10, null, 'unknown'],
    ['the counts are zero', 0, 0, 'unknown'],
  ]
  for (const [name, before, after, verdict] of verdicts) {
    test(`${verdict} when ${name}`, () => {
      assert.equal(judgeProbe(completion(before), completion(after)), verdict)
    })
  }

  test('echoed when the completion contains the suffix, whatever the usage', () => {
    const echo = `a${requests.with.suffix}`
    assert.equal(judgeProbe(completion(null), completion(null, echo)), 'echoed')
    assert.equal(judgeProbe(completion(10), completion(110, echo)), 'echoed')
  })

  test('distinguishes servers that ignore and that use the suffix, over HTTP', async () => {
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

  test('detects that the built-in endpoint uses the suffix', async () => {
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
