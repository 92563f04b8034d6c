import assert from 'node:assert/strict'
import { toRequest } from '../../../src/servers/openai.ts'

suite('request of the completions API', () => {
  const settings = { model: 'm', maxTokens: 64, temperature: 0.2 }

  test('prompt and suffix go out in their own fields', () => {
    assert.deepEqual(toRequest({ prompt: 'foo(', suffix: ')' }, settings), {
      model: 'm',
      prompt: 'foo(',
      suffix: ')',
      max_tokens: 64,
      temperature: 0.2,
      stream_options: { include_usage: true },
    })
  })

  test('what is not set is not sent', () => {
    const request = toRequest(
      { prompt: 'foo(', suffix: '' },
      { model: '', maxTokens: 64, temperature: null },
    )
    assert.deepEqual(Object.keys(request).toSorted(), ['max_tokens', 'prompt', 'stream_options'])
  })
})
