import assert from 'node:assert/strict'
import { completionsDialect } from '../../../src/completions/dialect.ts'
import { CompletionError } from '../../../src/completions/errors.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'
import { endpointLabel } from '../../../src/settings/endpointLabel.ts'
import { isError, sentenceOf } from '../../support/wording.ts'

suite('endpoint', () => {
  const urls = [
    ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1/completions'],
    ['http://127.0.0.1:11434/v1/', 'http://127.0.0.1:11434/v1/completions'],
    [' https://example.com ', 'https://example.com/completions'],
    ['https://example.com/v1/completions', 'https://example.com/v1/completions'],
    ['https://example.com/v1?api-version=1', 'https://example.com/v1/completions?api-version=1'],
    ['http://[::1]:8080/v1#top', 'http://[::1]:8080/v1/completions'],
  ] as const
  for (const [endpoint, url] of urls) {
    test(`sends requests for ${endpoint} to ${url}`, () => {
      const request = { prompt: '', max_tokens: 1 }
      assert.equal(completionsDialect.url(baseUrl(endpoint), request, false).href, url)
    })
  }

  const bases = [
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1'],
    ['https://codestral.mistral.ai/v1/fim/completions', 'https://codestral.mistral.ai/v1'],
    ['https://api.inceptionlabs.ai/v1/fim/completions', 'https://api.inceptionlabs.ai/v1'],
    ['https://api.inceptionlabs.ai', 'https://api.inceptionlabs.ai/v1'],
    ['api.siliconflow.com', 'https://api.siliconflow.com/v1'],
    [
      'https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/mistralai/models/codestral-2:streamRawPredict',
      'https://l-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/mistralai/models/codestral-2',
    ],
    ['https://api.mistral.ai', 'https://api.mistral.ai/v1'],
    ['http://127.0.0.1:8080/infill', 'http://127.0.0.1:8080/'],
    ['http://127.0.0.1:8080/proxy/v1/infill/', 'http://127.0.0.1:8080/proxy/v1'],
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['http://localhost:11434/api', 'http://localhost:11434/v1'],
    ['http://localhost:11434/api/generate', 'http://localhost:11434/v1'],
    ['localhost:11434/api/chat', 'http://localhost:11434/v1'],
    ['localhost:11434/v1', 'http://localhost:11434/v1'],
    ['ollama.lan:11434', 'http://ollama.lan:11434/v1'],
    ['127.0.0.1:1234', 'http://127.0.0.1:1234/v1'],
    ['192.168.1.7:8000', 'http://192.168.1.7:8000/v1'],
    ['api.openai.com', 'https://api.openai.com/v1'],
    ['https://openrouter.ai', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api', 'https://openrouter.ai/api/v1'],
    ['https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
    ['https://api.deepseek.com/beta', 'https://api.deepseek.com/beta'],
    ['https://api.fireworks.ai', 'https://api.fireworks.ai/inference/v1'],
    ['https://x.openai.azure.com/openai/v1/', 'https://x.openai.azure.com/openai/v1'],
    [
      'https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1',
      'https://x.openai.azure.com/openai/deployments/d?api-version=1',
    ],
    ['"https://example.com/v1"', 'https://example.com/v1'],
    ['`https://example.com/v1`,', 'https://example.com/v1'],
    ['<https://example.com/v1>', 'https://example.com/v1'],
    ['https://example.com//v1//', 'https://example.com/v1'],
    ['https://example.com/v1/models', 'https://example.com/v1'],
    ['HTTPS://Example.COM/V1', 'https://example.com/V1'],
  ] as const
  for (const [endpoint, base] of bases) {
    test(`the base URL of ${endpoint} is ${base}`, () => {
      assert.equal(baseUrl(endpoint).href, base)
    })
  }

  for (const endpoint of [
    '',
    'not a URL',
    'file:///tmp',
    'ollama',
    'ftp://a.b',
    'me@example.com',
  ]) {
    test(`rejects ${JSON.stringify(endpoint)}`, () => {
      assert.throws(
        () => baseUrl(endpoint),
        isError('invalid_request', /^The setting infill\.endpoint must be "builtin" or a URL/),
      )
    })
  }

  test('rejects a password in the URL, without repeating it', () => {
    assert.throws(
      () => baseUrl('https://me:hunter2@example.com/v1'),
      (error: unknown) => {
        assert.ok(error instanceof CompletionError && !error.message.includes('hunter2'))
        assert.match(sentenceOf(error), /must not contain a password/)
        assert.doesNotMatch(sentenceOf(error), /hunter2/)
        return true
      },
    )
  })

  test('is labeled with the host, or with the value of the setting if it has no host', () => {
    assert.equal(endpointLabel('http://127.0.0.1:11434/v1'), '127.0.0.1:11434')
    assert.equal(endpointLabel('builtin'), 'builtin')
    assert.equal(endpointLabel('localhost:8080'), 'localhost:8080')
  })
})
