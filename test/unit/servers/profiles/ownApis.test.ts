import assert from 'node:assert/strict'
import type { ServerId, SuffixMode } from '../../../../src/servers/profile.ts'
import { json } from '../../../support/answers.ts'
import { hold, type Answer } from '../../../support/sseServer.ts'
import { REQUEST, useConnections } from '../../completions/support.ts'
import { dialectOf, lines } from './support.ts'

const ollamaEnd = { done: true, done_reason: 'stop', prompt_eval_count: 9, eval_count: 2 }

suite('Servers: other APIs', () => {
  const connect = useConnections()

  test('a line of Ollama is available before the next one arrives', async () => {
    const line = `${JSON.stringify({ response: 'a', done: false })}\n`
    const answer = { headers: { 'content-type': 'application/x-ndjson' }, body: [line, hold] }
    const { client } = await connect(answer, { dialect: dialectOf('ollama', 'off') })
    for await (const { choices } of client.createStreaming(REQUEST)) {
      assert.equal(choices[0]?.text, 'a')
      break
    }
  })

  test('logprobs of /infill and of Ollama’s own API are converted to the API’s form', async () => {
    const entry = { id: 1, token: 'a', bytes: [97], logprob: -0.5 }
    const entries = [{ ...entry, top_logprobs: [entry] }]
    const expected = {
      tokens: ['a'],
      token_logprobs: [-0.5],
      top_logprobs: [{ a: -0.5 }],
      text_offset: [0],
    }
    const answers: readonly [ServerId, SuffixMode, Answer][] = [
      [
        'llamacpp',
        'field',
        json({ content: 'a', stop: true, stop_type: 'limit', completion_probabilities: entries }),
      ],
      ['ollama', 'off', lines({ response: 'a', ...ollamaEnd, logprobs: entries })],
    ]
    for (const [id, mode, answer] of answers) {
      const { client } = await connect(answer, { dialect: dialectOf(id, mode) })
      assert.deepEqual((await client.create(REQUEST)).choices[0]?.logprobs, expected)
    }
  })

  test('created is the time that Ollama reports', async () => {
    const answer = lines({
      model: 'm',
      created_at: '2026-01-01T00:00:00.5Z',
      response: 'a',
      ...ollamaEnd,
    })
    const { client } = await connect(answer, { dialect: dialectOf('ollama', 'off') })
    const { created, model } = await client.create(REQUEST)
    assert.deepEqual([created, model], [Date.UTC(2026, 0) / 1000, 'm'])
  })
})
