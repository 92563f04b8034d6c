import assert from 'node:assert/strict'
import { completionsDialect } from '../../../src/completions/dialect.ts'
import { CompletionError } from '../../../src/completions/errors.ts'
import { baseUrl, endpointLabel } from '../../../src/settings/endpoint.ts'
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
      assert.equal(completionsDialect.url(baseUrl(endpoint), request).href, url)
    })
  }

  for (const endpoint of ['', 'localhost:11434/v1', 'not a URL', 'file:///tmp', 'ollama']) {
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
