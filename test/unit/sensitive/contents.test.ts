import assert from 'node:assert/strict'
import { findSecret } from '../../../src/sensitive/contents.ts'
import { TOKEN_RULES } from '../../../src/sensitive/tokenRules.ts'
import { random } from '../../support/random.ts'
import { randomMatch } from './randomMatch.ts'
import { CREDENTIALS, HARMLESS_TEXTS } from './texts.ts'

const SEED = 1

suite('private keys in text', () => {
  const mark = (edge: string, kind: string): string => `-----${edge} ${kind}-----`

  for (const kind of [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ]) {
    test(`finds ${kind}`, () => {
      assert.equal(findSecret(`a\n${mark('BEGIN', kind)}\nMIIE\n`), 'private key')
      assert.equal(findSecret(`{"private_key": "${mark('BEGIN', kind)}\\nMIIE"}`), 'private key')
    })
  }

  const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'
  for (const [what, text] of [
    ['of which only the end is in the window', `MIIE\n${mark('END', 'PRIVATE KEY')}\n`],
    ['with Windows line ends', `${mark('BEGIN', 'PRIVATE KEY')}\r\n${body}\r\n`],
    ['with headers', `${mark('BEGIN', 'RSA PRIVATE KEY')}\nProc-Type: 4,ENCRYPTED\n\n${body}`],
    ['in a comment', `# ${mark('BEGIN', 'PRIVATE KEY')}\n# ${body}\n`],
    ['indented in YAML', `key: |\n  ${mark('BEGIN', 'PRIVATE KEY')}\n  ${body}\n`],
    ['in concatenated literals', `'${mark('BEGIN', 'PRIVATE KEY')}\\n' +\n  '${body}\\n' +`],
    ['on one line', `KEY="${mark('BEGIN', 'PRIVATE KEY')} ${body} `],
    ['of which only the middle is in the window', `${body}\n${`${body.repeat(2)}\n`.repeat(20)}`],
    ['of OpenVPN', `${mark('BEGIN', 'OpenVPN Static key V1')}\n6acef03f62675b4b1bbd03e53b187727\n`],
    ['of PuTTY', `PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 14\n${body}\n`],
    ['as a JSON Web Key', `{"kty":"EC","d":"${body}aq3Zk9Ld7Tb2"}`],
  ] as const) {
    test(`finds a private key ${what}`, () => assert.notEqual(findSecret(text), null))
  }

  test('does not match certificates, public keys, boundaries alone or prose about keys', () => {
    for (const text of [
      `${mark('BEGIN', 'CERTIFICATE')}\n${body}`,
      `${mark('BEGIN', 'PUBLIC KEY')}\n${body}`,
      `if (text.startsWith('${mark('BEGIN', 'PRIVATE KEY')}')) return parse(text)`,
      `\`${mark('BEGIN', 'PRIVATE KEY')}\\n\${lines}\\n${mark('END', 'PRIVATE KEY')}\``,
      `'${mark('BEGIN', 'PRIVATE KEY')}\\nXXXXXXXX\\n'`,
      `const BEGIN = '${mark('BEGIN', 'PRIVATE KEY')}'\nconst END = '${mark('END', 'PRIVATE KEY')}'\n`,
      'a private key begins with BEGIN PRIVATE KEY',
      '',
    ]) {
      assert.equal(findSecret(text), null, text)
    }
  })
})

suite('tokens in text', () => {
  for (const { service, prefixes, body } of TOKEN_RULES) {
    for (const prefix of prefixes) {
      test(`finds a token of ${service} that begins with ${prefix}, seed ${SEED}`, () => {
        const value = randomMatch(body, random(SEED))
        const token = prefix + value
        const kind = findSecret(`const a = '${token}'\n`)
        assert.ok(kind !== null, token)
        for (const text of [
          token,
          `A=${token}\n`,
          `{"a":"${token}"}`,
          `"\\n${token}"`,
          `(${token})`,
        ]) {
          assert.notEqual(findSecret(text), null, text)
        }
      })

      test(`does not find ${prefix} as a part of a word, or before a placeholder`, () => {
        const value = randomMatch(body, random(SEED))
        const { length } = value
        for (const text of [
          prefix,
          `${prefix}...`,
          `${prefix}${value.slice(0, 4)}`,
          `${prefix}${'x'.repeat(length)}`,
          `${prefix}${'0'.repeat(length)}`,
          `${prefix}${'1234567890abcdefghij'.repeat(20).slice(0, length)}`,
          `${prefix}<your-token>`,
          `${prefix}\${TOKEN}`,
        ]) {
          assert.equal(findSecret(`const a = '${text}'\n`), null, text)
        }
      })
    }
  }
})

suite('secrets that their surroundings mark', () => {
  for (const text of CREDENTIALS) {
    test(`finds one in ${JSON.stringify(text.slice(0, 60))}`, () =>
      assert.notEqual(findSecret(`\n  ${text}\n`), null))
  }
  for (const text of HARMLESS_TEXTS) {
    test(`finds none in ${JSON.stringify(text.slice(0, 60))}`, () =>
      assert.equal(findSecret(`\n  ${text}\n`), null))
  }
})
