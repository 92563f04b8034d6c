import assert from 'node:assert/strict'
import { findSecret } from '../../../src/sensitive/contents.ts'
import { hasSensitiveName } from '../../../src/sensitive/names.ts'
import { timeOf } from '../../support/duration.ts'

const LENGTH = 40_000
const repeated = (part: string): string =>
  part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH)

/** Texts that make a search slow if its cost grows with the square of the length */
const HOSTILE = [
  '-eyJ',
  '.eyJaaaaaaaaaaaa',
  '-xoxb-',
  '-sl.aaaa',
  '://',
  '://a:bbb',
  'A',
  ' ',
  '\n',
  'a1B2',
  'a\n'.padStart(66, 'A'),
  'secret=',
  'password=abcd;',
  'passwordpassword_key_auth',
  'mnemonic="abc abc abc ',
  'machine a login b password ',
  'kind: Secret\ndata:\n',
  'kind: Secret\ndata: \n a: b\n',
  'bearer ',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----\n',
  "-----BEGIN PRIVATE KEY-----'   ",
  '-----END PRIVATE KEY-----',
  '<RSAKeyValue><D>',
  '"kty""d": "',
  'MMMMMMMMMMMMMMMMMMMMMMMM.',
  'discord.com/api/webhooks/1',
]

suite('the duration of a search', () => {
  for (const part of HOSTILE) {
    test(`grows no faster than a text of ${JSON.stringify(part.slice(0, 30))}`, () => {
      const text = repeated(part)
      const duration = timeOf(() => findSecret(text))
      assert.ok(duration < 1000, `${duration} ms`)
    })
  }

  test('is short for a password of many words', () => {
    const password = 'changemechangeitpostgrespasswordtestingdefaultuser'.repeat(5)
    const duration = timeOf(() => findSecret(`postgres://a:${password}~@db.acme.io/`))
    assert.ok(duration < 1000, `${duration} ms`)
  })

  test('is short for code', () => {
    const text = repeated(findSecret.toString())
    const durations = Array.from({ length: 20 }, () => {
      const start = performance.now()
      assert.equal(findSecret(text), null)
      return performance.now() - start
    })
    // Usually below 1 ms. The limit leaves room for a busy machine.
    assert.ok(Math.min(...durations) < 10, durations.join(' '))
  })

  test('is short for long paths', () => {
    const duration = timeOf(() => {
      for (const part of ['a/', '.bak', '-', '.ssh', '(1)', '#', ' copy']) {
        hasSensitiveName(repeated(part))
      }
    })
    assert.ok(duration < 1000, `${duration} ms`)
  })
})
