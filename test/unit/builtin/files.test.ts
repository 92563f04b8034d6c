import assert from 'node:assert/strict'
import { chmod, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { openCorpus, type Corpus } from '../../../src/builtin/corpus.ts'
import { defaultLimits, scanner, type FileLimits } from '../../../src/builtin/files.ts'
import { withFolder } from './endpoint.ts'

const { signal } = new AbortController()

/** The texts that are read, by path. */
async function read(
  roots: readonly string[],
  limits?: Partial<FileLimits>,
): Promise<Record<string, string>> {
  const found = new Map<string, string>()
  const reader = {
    read: (path: string, text: string) => found.set(relative(roots[0] ?? '', path), text),
    gone: (path: string) => found.delete(path),
  }
  await scanner(roots, reader, { ...defaultLimits, ...limits })(signal)
  return Object.fromEntries(found)
}

const names = async (root: string, limits?: Partial<FileLimits>): Promise<string[]> =>
  Object.keys(await read([root], limits))

suite('builtin files', () => {
  test('are read with LF line ends and without a byte order mark', () =>
    withFolder({ 'a.ts': '\ufeffa\r\nb\r\n' }, async (root) =>
      assert.deepEqual(await read([root]), { 'a.ts': 'a\nb\n' }),
    ))

  const skipped = [
    '.env',
    '.env.local',
    '.npmrc',
    '.git/config',
    '.ssh/config.txt',
    'prod.env',
    'tls/server.key',
    'server.pem',
    'a.crt',
    'id_rsa',
    'id_ed25519.pub',
    'credentials',
    'credentials.json',
    'my-secrets.yaml',
    'service-account.json',
    'main.tfstate',
    'prod.tfvars',
    'release.jks',
    'node_modules/a/index.js',
    'dist/a.js',
    'package-lock.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'Cargo.lock',
    'go.sum',
    'a.min.js',
    'a.js.map',
    'a.png',
  ]
  test('of secrets, of others and of no use are left out', () =>
    withFolder(
      Object.fromEntries([...skipped, 'kept.ts'].map((name) => [name, 'x'])),
      async (root) => assert.deepEqual(await names(root), ['kept.ts']),
    ))

  test('that only sound like secrets or locks are read', () =>
    withFolder(
      Object.fromEntries(
        ['credentials.ts', 'lock.ts', 'key.go', 'environment.ts', 'blocks.json'].map((name) => [
          name,
          'x',
        ]),
      ),
      async (root) => assert.equal((await names(root)).length, 5),
    ))

  test('with a private key in them, binary ones and generated ones are left out', () =>
    withFolder(
      {
        'notes.txt': '-----BEGIN RSA PRIVATE KEY-----\n',
        'binary.txt': new Uint8Array([65, 0, 66]),
        'one-line.js': 'a();'.repeat(250_000),
        'late-binary.txt': `${'text\n'.repeat(10_000)}\0`,
      },
      async (root) => assert.deepEqual(await names(root), []),
    ))

  test('that are no valid UTF-8 do no harm', () =>
    withFolder({ 'a.txt': new Uint8Array([65, 0xff, 66]) }, async (root) =>
      assert.deepEqual(await read([root]), { 'a.txt': 'A\ufffdB' }),
    ))

  test('are bounded in size, sum and number, from the top', () =>
    withFolder({ 'b.ts': 'bb', 'a/a.ts': 'aaa', 'c.ts': 'cccccc' }, async (root) => {
      assert.deepEqual(await names(root, { fileSize: 3 }), ['b.ts', join('a', 'a.ts')])
      assert.deepEqual(await names(root, { totalSize: 8 }), ['b.ts', 'c.ts'])
      assert.deepEqual(await names(root, { count: 1 }), ['b.ts'])
      assert.deepEqual(await names(root, { entries: 3 }), ['b.ts', 'c.ts'])
    }))

  test('behind symbolic links are left out, and links in a circle end', () =>
    withFolder({ 'a/x.ts': 'x' }, async (root) => {
      await symlink(join(root, 'a'), join(root, 'a', 'self'), 'junction')
      await symlink(join(root, 'a', 'x.ts'), join(root, 'link.ts'))
      assert.deepEqual(await names(root), [join('a', 'x.ts')])
    }))

  test('that cannot be read, and folders that are not there, are as good as none', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      await chmod(join(root, 'a.ts'), 0)
      const found = await read([root, join(root, 'missing')])
      assert.equal(found['b.ts'], 'b')
    }))

  test('of overlapping roots are read once', () =>
    withFolder({ 'a/x.ts': 'x' }, async (root) =>
      assert.deepEqual(Object.keys(await read([root, join(root, 'a')])), [join('a', 'x.ts')]),
    ))
})

function texts(corpus: Corpus): string[] {
  return [...corpus.sources()].map((source) => source.text)
}

suite('builtin corpus', () => {
  test('is complete for the first answer in a small workspace', () =>
    withFolder({ 'a.ts': 'a', 'b/c.ts': 'c' }, async (root) => {
      const corpus = openCorpus([root], signal)
      await corpus.ready()
      assert.deepEqual(texts(corpus), ['a', 'c'])
    }))

  test('follows files that change, come and go', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      const corpus = openCorpus([root], signal, { maxAge: 0, rescan: 5000 })
      await corpus.ready()
      await writeFile(join(root, 'a.ts'), 'A')
      await utimes(join(root, 'a.ts'), 1, 1)
      await writeFile(join(root, 'c.ts'), 'c')
      await rm(join(root, 'b.ts'))
      await corpus.ready()
      assert.deepEqual(texts(corpus), ['A', 'c'])
    }))

  test('is not compared again within its age', () =>
    withFolder({ 'a.ts': 'a' }, async (root) => {
      const corpus = openCorpus([root], signal, { maxAge: 60_000 })
      await corpus.ready()
      await writeFile(join(root, 'a.ts'), 'other')
      await corpus.ready()
      assert.deepEqual(texts(corpus), ['a'])
    }))

  test('does not keep an answer waiting', () =>
    withFolder({ 'a.ts': 'a' }, async (root) => {
      await openCorpus([root], signal, { firstScan: 0 }).ready()
    }))
})
