import assert from 'node:assert/strict'
import { isError } from '../../../support/wording.ts'
import { NO_PROXY, proxyFromEnvironment } from '../../../../src/completions/http/proxy.ts'
import { networkOptions } from '../../../../src/connection/transport/networkOptions.ts'

const OURS = { 'http.client': 'undici', 'http.caFile': '' } as const
/** VS Code's defaults */
const DEFAULTS = {
  proxy: '',
  proxySupport: 'override',
  noProxy: [],
  proxyAuthorization: null,
  proxyStrictSSL: true,
  systemCertificates: true,
}
const options = (http: Record<string, unknown> = {}, env: Record<string, string> = {}) => {
  const all: Record<string, unknown> = { ...DEFAULTS, ...http }
  return networkOptions(OURS, (name) => all[name], proxyFromEnvironment(env))
}

suite('network settings', () => {
  test('default: no proxy, and the certificates of the system', () => {
    const expected = {
      client: 'undici',
      proxy: NO_PROXY,
      strictSSL: true,
      systemCertificates: true,
      caFile: '',
    }
    assert.deepEqual(options(), expected)
    // As in an editor that has no such settings
    assert.deepEqual(
      networkOptions(OURS, () => undefined, NO_PROXY),
      expected,
    )
  })

  test('default: the environment’s proxy', () => {
    const env = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2', NO_PROXY: 'c' }
    assert.deepEqual(options({}, env).proxy, {
      http: 'http://a:1',
      https: 'http://b:2',
      noProxy: ['c'],
      authorization: null,
    })
  })

  test('override the environment', () => {
    const env = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2', NO_PROXY: 'c' }
    const http = {
      proxy: ' http://d:3 ',
      noProxy: ['e', '*.f'],
      proxyAuthorization: 'Basic eDp5',
    }
    assert.deepEqual(options(http, env).proxy, {
      http: 'http://d:3',
      https: 'http://d:3',
      noProxy: ['e', '*.f'],
      authorization: 'Basic eDp5',
    })
    assert.deepEqual(options({ proxy: 'http://d:3' }, env).proxy.noProxy, ['c'])
  })

  test('can disable proxies', () => {
    const env = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'http://b:2' }
    const { proxy } = options({ proxySupport: 'off', proxy: 'http://d:3' }, env)
    assert.deepEqual([proxy.http, proxy.https], [null, null])
    for (const proxySupport of ['on', 'fallback', 'override']) {
      assert.equal(options({ proxySupport, proxy: 'http://d:3' }).proxy.http, 'http://d:3')
    }
  })

  test('specify trusted certificates', () => {
    const { strictSSL, systemCertificates } = options({
      proxyStrictSSL: false,
      systemCertificates: false,
    })
    assert.deepEqual([strictSSL, systemCertificates], [false, false])
    const ours = { 'http.client': 'vscode', 'http.caFile': ' /a/b.pem ' } as const
    const { client, caFile } = networkOptions(ours, () => undefined, NO_PROXY)
    assert.deepEqual([client, caFile], ['vscode', '/a/b.pem'])
  })

  test('with invalid characters are rejected and not quoted', () => {
    assert.throws(
      () => options({ proxyAuthorization: 'Basic sécret\n' }),
      isError(
        'invalid_request',
        'The setting http.proxyAuthorization contains an invalid character.',
      ),
    )
  })
})
