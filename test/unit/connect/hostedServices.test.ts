import assert from 'node:assert/strict'
import { HOSTED_SERVICES } from '../../../src/connect/hostedServices.ts'
import { normalizeUrl } from '../../../src/connect/normalizeUrl.ts'
import { detectByUrl } from '../../../src/servers/detect.ts'
import { baseUrl } from '../../../src/settings/endpoint.ts'

suite('hosted services', () => {
  test('have titles of their own', () => {
    const titles = HOSTED_SERVICES.map(({ title }) => title)
    assert.deepEqual(titles, [...new Set(titles)])
  })

  for (const { title, endpoint, server, keyPage } of HOSTED_SERVICES) {
    test(`${title}: the endpoint is a base URL over TLS, and its server is the one of its host`, () => {
      assert.equal(new URL(keyPage).protocol, 'https:')
      if (endpoint === null) return
      assert.equal(baseUrl(endpoint).href, endpoint)
      assert.equal(new URL(endpoint).protocol, 'https:')
      assert.deepEqual(normalizeUrl(endpoint), { urls: [endpoint] })
      assert.equal(detectByUrl(new URL(endpoint)), server)
    })
  }
})
