import assert from 'node:assert/strict'
import { CompletionError } from '../../../../src/completions/errors.ts'
import { NO_PROXY, proxyFor, proxyFromEnvironment } from '../../../../src/completions/http/proxy.ts'
import { sentenceOf } from '../../../support/wording.ts'

const PROXY = 'http://proxy.example:3128'
const proxyOf = (url: string, noProxy: readonly string[] = [], http = PROXY, https = PROXY) =>
  proxyFor(new URL(url), { ...NO_PROXY, http, https, noProxy })?.href ?? null

suite('Completions: selection of the proxy', () => {
  test('depends on the scheme of the URL', () => {
    const settings = { ...NO_PROXY, http: 'http://a:1', https: 'https://b:2' }
    assert.equal(proxyFor(new URL('http://x/'), settings)?.href, 'http://a:1/')
    assert.equal(proxyFor(new URL('https://x/'), settings)?.href, 'https://b:2/')
    assert.equal(proxyFor(new URL('https://x/'), NO_PROXY), null)
  })

  for (const host of [
    'localhost',
    'LOCALHOST:8080',
    'a.localhost',
    'localhost.',
    '127.0.0.1',
    '127.8.9.10:1',
    '127.1',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
  ]) {
    test(`is none for ${host}`, () => {
      assert.equal(proxyOf(`http://${host}/`), null)
      assert.equal(proxyOf(`https://${host}/`), null)
    })
  }

  for (const host of ['localhost.example', 'notlocalhost', '128.0.0.1', '10.0.0.1', '[fe80::1]']) {
    test(`is one for ${host}`, () => {
      assert.equal(proxyOf(`http://${host}/`), `${PROXY}/`)
    })
  }

  const excepted: [entry: string, hosts: string[], others: string[]][] = [
    ['a.test', ['a.test', 'b.a.test', 'A.TEST', 'a.test.', 'a.test:99'], ['ba.test', 'test']],
    ['A.Test', ['a.test'], ['b.test']],
    ['a.test.', ['a.test'], ['b.test']],
    ['.a.test', ['b.a.test'], ['ba.test']],
    ['*.a.test', ['b.a.test', 'c.b.a.test'], ['a.test', 'ba.test']],
    ['a.test:8080', ['a.test:8080', 'b.a.test:8080'], ['a.test', 'a.test:8081']],
    ['a.test:80', ['a.test'], ['a.test:8080']],
    ['*', ['a.test', '10.1.2.3', '[fe80::1]:1'], []],
    ['*:8080', ['a.test:8080'], ['a.test']],
    ['10.1.2.3', ['10.1.2.3', '10.1.2.3:1'], ['110.1.2.3', '10.1.2.4']],
    ['10.1.2.3:8', ['10.1.2.3:8'], ['10.1.2.3']],
    ['10.0.0.0/8', ['10.1.2.3'], ['11.1.2.3', 'a10.0.0.0.test']],
    ['fe80::/10', ['[fe80::1]'], ['[2001::1]', '10.0.0.1']],
    ['2001:db8::1', ['[2001:db8::1]', '[2001:db8:0::1]:8'], ['[2001:db8::2]']],
    ['[2001:db8::1]:8', ['[2001:db8::1]:8'], ['[2001:db8::1]']],
    ['', [], ['a.test']],
    ['10.0.0.0/99', [], ['10.0.0.1']],
    ['/', [], ['a.test']],
    ['http://a.test', [], ['a.test']],
  ]
  for (const [entry, hosts, others] of excepted) {
    test(`is none for hosts that match the entry "${entry}"`, () => {
      for (const host of hosts) assert.equal(proxyOf(`http://${host}/`, ['x', entry]), null, host)
      for (const host of others) {
        assert.equal(proxyOf(`http://${host}/`, ['x', entry]), `${PROXY}/`, host)
      }
    })
  }

  test('uses the default port of the scheme for a URL without a port', () => {
    assert.equal(proxyOf('https://a.test/', ['a.test:443']), null)
    assert.equal(proxyOf('https://a.test/', ['a.test:80']), `${PROXY}/`)
  })

  test('accepts an address without a scheme', () => {
    assert.equal(proxyOf('http://a/', [], ' proxy.example:3128 '), `${PROXY}/`)
    assert.equal(proxyOf('http://a/', [], 'u:p@proxy.example'), 'http://u:p@proxy.example/')
  })

  for (const [address, message] of [
    ['http://', /http\.proxy.*HTTPS_PROXY.*must be a URL/],
    ['ftp://u:secret@proxy', /must be a URL/],
    ['socks5://u:secret@proxy:1080', /not support SOCKS proxies.*infill\.http\.client to "vscode"/],
  ] as const) {
    test(`rejects ${address} without showing its password`, () => {
      const isRight = (error: unknown) =>
        error instanceof CompletionError &&
        message.test(sentenceOf(error)) &&
        !/secret/.test(sentenceOf(error))
      assert.throws(() => proxyOf('http://a/', [], address), isRight)
      // What does not go through it does not mind.
      assert.equal(proxyOf('http://localhost/', [], address), null)
    })
  }
})

suite('Completions: the environment’s proxy', () => {
  test('is read from variables in either case; lower case takes precedence', () => {
    assert.deepEqual(
      proxyFromEnvironment({ HTTP_PROXY: 'a', https_proxy: 'b', HTTPS_PROXY: 'c', NO_PROXY: 'd' }),
      { http: 'a', https: 'b', noProxy: ['d'], authorization: null },
    )
  })

  test('HTTP_PROXY applies to both schemes without HTTPS_PROXY', () => {
    const { http, https } = proxyFromEnvironment({ http_proxy: 'a', HTTPS_PROXY: '' })
    assert.deepEqual([http, https], ['a', 'a'])
  })

  test('an empty variable means no proxy', () => {
    assert.deepEqual(proxyFromEnvironment({}), NO_PROXY)
    assert.deepEqual(proxyFromEnvironment({ HTTP_PROXY: '', no_proxy: '' }), NO_PROXY)
  })

  test('exceptions are separated by commas or spaces', () => {
    assert.deepEqual(proxyFromEnvironment({ no_proxy: 'a, .b,,*.c:1  10.0.0.0/8 ' }).noProxy, [
      'a',
      '.b',
      '*.c:1',
      '10.0.0.0/8',
    ])
  })
})
