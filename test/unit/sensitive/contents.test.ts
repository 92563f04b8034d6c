import assert from 'node:assert/strict'
import { hasPrivateKey } from '../../../src/sensitive/contents.ts'

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
      assert.ok(hasPrivateKey(`a\n${mark('BEGIN', kind)}\nMIIE\n`))
      assert.ok(hasPrivateKey(`{"private_key": "${mark('BEGIN', kind)}\\nMIIE"}`))
    })
  }

  test('finds a key of which only the end is in the window', () => {
    assert.ok(hasPrivateKey(`MIIE\n${mark('END', 'PRIVATE KEY')}\n`))
  })

  test('does not match certificates, public keys or prose about keys', () => {
    for (const text of [
      mark('BEGIN', 'CERTIFICATE'),
      mark('BEGIN', 'PUBLIC KEY'),
      'a private key begins with BEGIN PRIVATE KEY',
      '',
    ]) {
      assert.ok(!hasPrivateKey(text), text)
    }
  })
})
