import assert from 'node:assert/strict'
import { hasPrivateKey, isSensitive } from '../../../src/sensitive/sensitive.ts'

suite('files that are never sent', () => {
  const never = [
    '.env',
    '.env.local',
    '.env.production',
    '.envrc',
    'production.env',
    'server.pem',
    'server.key',
    'SERVER.KEY',
    'server.key.bak',
    'server.crt',
    'identity.p12',
    'identity.pfx',
    'store.jks',
    'debug.keystore',
    'passwords.kdbx',
    'id_rsa',
    'id_ed25519',
    'id_ed25519_sk',
    'id_rsa.old',
    'id_ed25519-work',
    '.npmrc',
    '.pypirc',
    '.netrc',
    '_netrc',
    '.pgpass',
    '.git-credentials',
    'credentials',
    'credentials.json',
    'credentials.toml',
    'application_default_credentials.json',
    'service-account.json',
    'my-service_account-key.json',
    'client_secret.json',
    'secrets.yml',
    'secrets.h',
    'secrets.py',
    'arduino_secrets.h',
    'secrets',
    'prod.tfvars',
    'prod.tfvars.json',
    'terraform.tfstate',
    'terraform.tfstate.backup',
    'office.ovpn',
    '.htpasswd',
    'kubeconfig',
    '/home/me/.aws/credentials',
    '/home/me/.aws/config',
    '/home/me/.docker/config.json',
    '/home/me/.kube/config',
    '/home/me/.ssh/config',
    '/home/me/.config/gh/hosts.yml',
    '/home/me/.m2/settings.xml',
    String.raw`C:\Users\me\.aws\credentials`,
    String.raw`C:\work\.env`,
  ]
  for (const path of never) test(path, () => assert.ok(isSensitive(path)))
})

suite('files that are sent', () => {
  const sent = [
    // They show which variables there are, without values that count, and are public.
    '.env.example',
    '.env.sample',
    '.env.template',
    '.env.local.example',
    'example.env',
    'src/env.ts',
    'src/environment.ts',
    'env.d.ts',
    'src/credentials.ts',
    'src/passwordField.tsx',
    'src/secrets.test.ts',
    'src/secretsManager.ts',
    'src/keys.ts',
    'src/key.ts',
    'keyboard.key.ts',
    'id_rsa.test.ts',
    'config.json',
    'docker/config.json',
    'kube/config.yaml',
    'aws/config.ts',
    'settings.xml',
    'package.json',
    'README.md',
    'Untitled-1',
    '/',
    '',
  ]
  for (const path of sent) test(path, () => assert.ok(!isSensitive(path)))
})

suite('a private key in a text', () => {
  const mark = (edge: string, kind: string): string => `-----${edge} ${kind}-----`

  for (const kind of [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ]) {
    test(kind, () => {
      assert.ok(hasPrivateKey(`a\n${mark('BEGIN', kind)}\nMIIE\n`))
      assert.ok(hasPrivateKey(`{"private_key": "${mark('BEGIN', kind)}\\nMIIE"}`))
    })
  }

  test('of which only the end is in the window', () => {
    assert.ok(hasPrivateKey(`MIIE\n${mark('END', 'PRIVATE KEY')}\n`))
  })

  test('is neither a certificate, nor a public key, nor talk of one', () => {
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
