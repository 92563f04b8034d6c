import assert from 'node:assert/strict'
import { chmod, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { DEFAULT_LIMITS, scanner } from '../../../src/builtin/files.ts'
import { openLibrary, type Library } from '../../../src/builtin/library.ts'
import { decode, END_OF_TEXT } from '../../../src/builtin/model/vocabulary.ts'
import { SENSITIVE_PATHS } from '../sensitive/paths.ts'
import { withFolder } from './endpoint.ts'

/** The texts that a scan reads, by path relative to the first root */
async function read(
  roots: readonly string[],
  limits?: Partial<typeof DEFAULT_LIMITS>,
  exclude: readonly string[] = [],
): Promise<Record<string, string>> {
  const found = new Map<string, string>()
  const observer = {
    changed: (path: string, text: string) => void found.set(relative(roots[0] ?? '', path), text),
    removed: (path: string) => found.delete(path),
  }
  await scanner(observer, { ...DEFAULT_LIMITS, ...limits })(roots, exclude)
  return Object.fromEntries(found)
}

const names = async (root: string, limits?: Partial<typeof DEFAULT_LIMITS>): Promise<string[]> =>
  Object.keys(await read([root], limits))

suite('Built-in endpoint: scanning files', () => {
  test('reads text with LF line endings and without a byte order mark', () =>
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
  test('skips secrets, dependencies, build output, lock files and binary files', () =>
    withFolder(
      Object.fromEntries([...skipped, 'kept.ts'].map((name) => [name, 'x'])),
      async (root) => assert.deepEqual(await names(root), ['kept.ts']),
    ))

  test('reads no file with a sensitive name', () => {
    const paths = SENSITIVE_PATHS.map((path) =>
      path.replace(/^([A-Z]:)?[\\/]/, '').replaceAll('\\', '/'),
    )
    const files = Object.fromEntries([...paths, 'kept.ts'].map((path) => [path, 'x']))
    return withFolder(files, async (root) => assert.deepEqual(await names(root), ['kept.ts']))
  })

  test('reads nothing of a folder of secrets, even if it is the workspace folder', () =>
    withFolder({ '.ssh/config.txt': 'x' }, async (root) =>
      assert.deepEqual(await names(join(root, '.ssh')), []),
    ))

  test('reads files whose names only resemble those of secrets or lock files', () =>
    withFolder(
      Object.fromEntries(
        ['credentials.ts', 'lock.ts', 'key.go', 'environment.ts', 'blocks.json'].map((name) => [
          name,
          'x',
        ]),
      ),
      async (root) => assert.equal((await names(root)).length, 5),
    ))

  test('skips files with a private key, binary data or generated text', () =>
    withFolder(
      {
        'notes.txt': '-----BEGIN RSA PRIVATE KEY-----\n',
        'end.txt': '-----END PRIVATE KEY-----\n',
        'armor.txt': '-----BEGIN PGP PRIVATE KEY BLOCK-----\n',
        'binary.txt': new Uint8Array([65, 0, 66]),
        'one-line.js': 'a();'.repeat(250_000),
        'late-binary.txt': `${'text\n'.repeat(10_000)}\0`,
      },
      async (root) => assert.deepEqual(await names(root), []),
    ))

  test('reads invalid UTF-8 with replacement characters', () =>
    withFolder({ 'a.txt': new Uint8Array([65, 0xff, 66]) }, async (root) =>
      assert.deepEqual(await read([root]), { 'a.txt': 'A\ufffdB' }),
    ))

  test('limits the size of a file, the total size and the number of files, upper levels first', () =>
    withFolder({ 'b.ts': 'bb', 'a/a.ts': 'aaa', 'c.ts': 'cccccc' }, async (root) => {
      assert.deepEqual(await names(root, { fileSize: 3 }), ['b.ts', join('a', 'a.ts')])
      assert.deepEqual(await names(root, { totalSize: 8 }), ['b.ts', 'c.ts'])
      assert.deepEqual(await names(root, { count: 1 }), ['b.ts'])
      assert.deepEqual(await names(root, { entries: 3 }), ['b.ts', 'c.ts'])
    }))

  test('does not follow symbolic links, even if they form a cycle', () =>
    withFolder({ 'a/x.ts': 'x' }, async (root) => {
      await symlink(join(root, 'a'), join(root, 'a', 'self'), 'junction')
      await symlink(join(root, 'a', 'x.ts'), join(root, 'link.ts'))
      assert.deepEqual(await names(root), [join('a', 'x.ts')])
    }))

  test('skips unreadable files and missing folders', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      await chmod(join(root, 'a.ts'), 0)
      const found = await read([root, join(root, 'missing')])
      assert.equal(found['b.ts'], 'b')
    }))

  test('reads files of overlapping roots once', () =>
    withFolder({ 'a/x.ts': 'x' }, async (root) =>
      assert.deepEqual(Object.keys(await read([root, join(root, 'a')])), [join('a', 'x.ts')]),
    ))

  test('skips what .gitignore or a glob excludes', () =>
    withFolder(
      {
        '.gitignore': '*.log\n/made\n!keep.log\n',
        'a.log': 'x',
        'keep.log': 'x',
        'made/a.ts': 'x',
        'b/made/a.ts': 'x',
        'b/.gitignore': 'secret.ts\n!b.log\n',
        'b/secret.ts': 'x',
        'b/b.log': 'x',
        'secret.ts': 'x',
        'c/drop.ts': 'x',
        'c/keep.ts': 'x',
        'd/e/f.ts': 'x',
      },
      async (root) => {
        const found = await read([root], {}, ['**/{drop,other}.ts', 'd', join(root, 'c', 'x.ts')])
        const kept = ['b/b.log', 'b/made/a.ts', 'c/keep.ts', 'keep.log', 'secret.ts']
        assert.deepEqual(
          Object.keys(found).toSorted(),
          kept.map((path) => join(...path.split('/'))),
        )
      },
    ))

  test('a glob excludes a file that .gitignore includes', () =>
    withFolder({ '.gitignore': '!a.ts\n', 'a.ts': 'x', 'b.ts': 'x' }, async (root) =>
      assert.deepEqual(Object.keys(await read([root], {}, ['a.ts'])), ['b.ts']),
    ))

  test('follows the patterns of parent folders up to the root of the repository', () =>
    withFolder(
      {
        '.gitignore': 'b.ts\n',
        'repository/.git/info/exclude': 'own.ts\n',
        'repository/.gitignore': 'c.ts\n/packages/one/d.ts\n',
        'repository/packages/.gitignore': 'e.ts\n!f.ts\n',
        ...Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e', 'own'].map((name) => [
            `repository/packages/one/${name}.ts`,
            'x',
          ]),
        ),
      },
      async (root) => {
        const opened = join(root, 'repository', 'packages', 'one')
        assert.deepEqual(await names(opened), ['a.ts', 'b.ts'])
        await writeFile(join(root, 'repository', '.gitignore'), 'packages/one\n')
        assert.equal((await names(opened)).length, 6)
        await rm(join(root, 'repository', '.git'), { recursive: true })
        assert.equal((await names(opened)).length, 6)
      },
    ))
})

/** The texts in the caches of the model: those of all files, and those of the open ones */
function texts({ vocabulary, caches }: Library): string[][] {
  return caches.map(({ tokens, length }) => {
    const ids = [...tokens.subarray(0, length)].filter((id) => id >= 0)
    const found: number[][] = []
    for (const id of ids) {
      if (id === END_OF_TEXT) found.push([])
      else found.at(-1)?.push(id)
    }
    return found.map((each) => decode(vocabulary, each)).filter((text) => text !== '')
  })
}

suite('Built-in endpoint: library', () => {
  const alwaysScan = { firstScan: 5000, rescan: 5000, maxAge: 0 }

  test('has read a small workspace before the first completion', () =>
    withFolder({ 'a.ts': 'a', 'b/c.ts': 'c' }, async (root) => {
      const library = openLibrary({ roots: [root], open: [] })
      await library.ready()
      assert.deepEqual(texts(library), [['a', 'c'], []])
    }))

  test('follows changed, new and deleted files', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      const library = openLibrary({ roots: [root], open: [] }, alwaysScan)
      await library.ready()
      const { fingerprint } = library
      await writeFile(join(root, 'a.ts'), 'A')
      await utimes(join(root, 'a.ts'), 1, 1)
      await writeFile(join(root, 'c.ts'), 'c')
      await rm(join(root, 'b.ts'))
      await library.ready()
      assert.deepEqual(texts(library), [['A', 'c'], []])
      assert.notEqual(library.fingerprint, fingerprint)
    }))

  test('does not grow with the number of changes', () =>
    withFolder({ 'a.ts': '' }, async (root) => {
      const library = openLibrary({ roots: [root], open: [] }, alwaysScan)
      for (let round = 1; round < 30; round++) {
        await writeFile(join(root, 'a.ts'), 'x '.repeat(round))
        await library.ready()
        assert.ok((library.caches[0]?.length ?? 0) < 4 * (round + 1))
      }
      assert.deepEqual(texts(library), [['x '.repeat(29)], []])
    }))

  test('has the open files in the nearest cache, and follows opening and closing', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      const roots = [root]
      const library = openLibrary({ roots, open: [join(root, 'b.ts')] }, alwaysScan)
      await library.ready()
      assert.deepEqual(texts(library), [['a', 'b'], ['b']])
      library.update({ roots, open: [join(root, 'a.ts')] })
      assert.deepEqual(texts(library), [['a', 'b'], ['a']])
      library.update({ roots, open: [], exclude: ['a.ts'] })
      await library.ready()
      assert.deepEqual(texts(library), [['b'], []])
      library.update({ roots: [] })
      await library.ready()
      assert.deepEqual(texts(library), [[], []])
    }))

  test('applies globs that were set during a scan', () =>
    withFolder({ 'a.ts': 'a', 'b.ts': 'b' }, async (root) => {
      const roots = [root]
      const library = openLibrary({ roots, open: [] }, { firstScan: 5000, rescan: 5000 })
      library.update({ roots, open: [], exclude: ['a.ts'] })
      await library.ready()
      await library.ready()
      assert.deepEqual(texts(library), [['b'], []])
    }))

  test('by default, the most recently changed files count as open', () =>
    withFolder(
      Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`${at + 10}.ts`, `t${at + 10}`])),
      async (root) => {
        for (let at = 10; at < 22; at++) await utimes(join(root, `${at}.ts`), at, at)
        const library = openLibrary({ roots: [root] }, alwaysScan)
        await library.ready()
        const newest = [21, 20, 19, 18, 17, 16, 15, 14].map((at) => `t${at}`)
        assert.deepEqual(texts(library)[1], newest)
      },
    ))

  test('does not scan again before the maximum age', () =>
    withFolder({ 'a.ts': 'a' }, async (root) => {
      const library = openLibrary({ roots: [root], open: [] }, { maxAge: 60_000 })
      await library.ready()
      await writeFile(join(root, 'a.ts'), 'other')
      await library.ready()
      assert.deepEqual(texts(library), [['a'], []])
    }))

  test('waits longer for the first files on a slow machine', () => {
    const text = 'const first = second(third, 4)\n'.repeat(5000)
    const files = Array.from({ length: 40 }, (_, at) => [`${at}.ts`, text] as const)
    return withFolder(Object.fromEntries(files), async (root) => {
      const library = openLibrary({ roots: [root], open: [] }, { firstScan: 200 })
      const startedAt = performance.now()
      await library.ready()
      const isAll = texts(library)[0]?.length === files.length
      assert.ok(isAll || performance.now() - startedAt >= 2000)
    })
  }).timeout(10_000)

  test('a request does not wait longer than allowed', () =>
    withFolder({ 'a.ts': 'a' }, async (root) => {
      await openLibrary({ roots: [root] }, { firstScan: 0 }).ready()
    }))
})
