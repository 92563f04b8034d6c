import assert from 'node:assert/strict'
import { isError } from '../../support/wording.ts'
import { parseRequest, printRequest, withSecrets } from '../../../src/preview/requestText.ts'

const url = new URL('http://127.0.0.1:1/v1/completions')
const request = {
  method: 'POST',
  url,
  headers: { accept: 'text/event-stream', authorization: 'Bearer $INFILL_API_KEY' },
  body: '{"prompt":"a\\r\\n🙂","logit_bias":{"50256":-100},"stream":true}',
} as const

suite('a request as a document', () => {
  test('is parsed byte for byte as it was printed', () => {
    assert.deepEqual(parseRequest(printRequest(request)), request)
  })

  test('can omit method, headers and body', () => {
    const text = '{"url": "http://a/v1/models"}'
    const wanted = { method: 'POST', url: new URL('http://a/v1/models'), headers: {} }
    assert.deepEqual(parseRequest(text), wanted)
    const get = parseRequest('{"url": "http://a/", "method": "GET", "body": {"a": 1}}')
    assert.equal(get.body, undefined)
  })

  for (const [text, why] of [
    ['{"url": "http://a"\n "body": SECRET}', 'it is not JSON, see line 2'],
    ['{"url": "http://a",\n "body": SECRET}', 'it is not JSON'],
    ['', 'it is not JSON'],
    ['["SECRET"]', 'it must be an object with "method", "url" and "body"'],
    ['{"url": "SECRET"}', '"url" must begin with http:// or https://'],
    ['{"url": "file:///SECRET"}', '"url" must begin with http:// or https://'],
    ['{"url": "http://a", "method": "DELETE"}', '"method" must be "POST" or "GET"'],
    ['{"url": "http://a", "headers": {"x": 1}}', 'the header "x" must be a string'],
  ] as const) {
    test(`is rejected in one sentence: ${why}`, () => {
      const sentence = `The request cannot be sent: ${why}.`
      assert.throws(() => parseRequest(text), isError('invalid_request', sentence))
    })
  }
})

suite('secrets in a request document', () => {
  const secrets = new Map([['$INFILL_API_KEY', 'sk-1']])

  test('are sent to the origin of the endpoint', () => {
    const { request: sent, omitted } = withSecrets(request, { secrets, origin: url.origin })
    assert.equal(sent.headers['authorization'], 'Bearer sk-1')
    assert.deepEqual(omitted, [])
  })

  for (const [what, origin] of Object.entries({
    host: 'http://127.0.0.2:1',
    port: 'http://127.0.0.1:2',
    scheme: 'https://127.0.0.1:1',
  })) {
    test(`are not sent to another ${what}`, () => {
      const { request: sent, omitted } = withSecrets(request, { secrets, origin })
      assert.deepEqual(sent.headers, { accept: 'text/event-stream' })
      assert.deepEqual(omitted, ['authorization'])
    })
  }

  test('unknown ones are omitted, and the body never contains any', () => {
    const named = { ...request, headers: { a: '$INFILL_HEADER_A' }, body: '"$INFILL_API_KEY"' }
    const { request: sent, omitted } = withSecrets(named, { secrets, origin: url.origin })
    assert.deepEqual([sent.headers, omitted], [{}, ['a']])
    assert.equal(sent.body, '"$INFILL_API_KEY"')
  })
})
