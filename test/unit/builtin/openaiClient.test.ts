import assert from 'node:assert/strict'
import OpenAI from 'openai'
import { withProgram } from './program.ts'

suite('npm run builtin, with the openai client', () => {
  const files = { 'area.py': 'def area(width, height):\n    return width * height\n' }
  const request = { model: 'workspace', prompt: 'def area(', suffix: '\n', temperature: 0 }
  const expected = 'width, height):\n    return width * height'

  test('completes whole and streamed', () =>
    withProgram(files, async ({ url, token }) => {
      const client = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 })
      const whole = await client.completions.create({ ...request, max_tokens: 64, logprobs: 1 })
      assert.equal(whole.choices[0]?.text, expected)
      assert.equal(whole.choices[0].finish_reason, 'stop')
      assert.equal(whole.choices[0].logprobs?.tokens?.join(''), expected)
      let text = ''
      let total = 0
      const options = { stream: true, stream_options: { include_usage: true } } as const
      const stream = await client.completions.create({ ...request, max_tokens: 64, ...options })
      for await (const chunk of stream) {
        text += chunk.choices[0]?.text ?? ''
        total = chunk.usage?.total_tokens ?? total
      }
      assert.equal(text, expected)
      assert.equal(total, whole.usage?.total_tokens)
      const { data } = await client.models.list()
      assert.deepEqual(
        data.map(({ id }) => id),
        ['workspace'],
      )
    })).timeout(10_000)

  test('throws the errors of the API', () =>
    withProgram(files, async ({ url, token }) => {
      const client = new OpenAI({ baseURL: url, apiKey: token, maxRetries: 0 })
      await assert.rejects(client.completions.create({ ...request, n: 0 }), {
        status: 400,
        param: 'n',
      })
      const stranger = new OpenAI({ baseURL: url, apiKey: 'other', maxRetries: 0 })
      await assert.rejects(stranger.completions.create(request), {
        status: 401,
        code: 'invalid_api_key',
      })
    })).timeout(10_000)
})
