import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scanner } from '../../../src/builtin/files.ts'
import { sensitivityOf } from '../../../src/sensitive/sensitive.ts'
import { CREDENTIALS } from './texts.ts'

const root = fileURLToPath(new URL('../../../src', import.meta.url))
const sources = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path.replaceAll(sep, '/'), readFileSync(join(root, path), 'utf8')]),
)
const callersOf = (name: string): string[] =>
  [...sources]
    .filter(([, text]) => new RegExp(`(?<!function )\\b${name}\\(`).test(text))
    .map(([path]) => path)

suite('what decides whether text is sent or indexed', () => {
  test('is one function, for documents and for the built-in endpoint', () => {
    assert.deepEqual(callersOf('sensitivityOf').toSorted(), [
      'builtin/eligible.ts',
      'editor/document/checkSendable.ts',
      // Parts of other files
      'editor/project/judge.ts',
    ])
  })

  test('has no second way to its parts', () => {
    assert.deepEqual(callersOf('findSecret'), ['sensitive/sensitive.ts'])
    assert.deepEqual(callersOf('hasSensitiveName'), ['sensitive/sensitive.ts'])
  })

  test('is asked before completions and before requests that are shown', () => {
    assert.deepEqual(callersOf('checkSendable').toSorted(), [
      'editor/run/sessionAt.ts',
      'preview/exactRequest.ts',
    ])
    const shown = sources.get('preview/exactRequest.ts') ?? ''
    assert.ok(shown.indexOf('checkSendable(') < shown.indexOf('.connect('))
  })

  test('is asked for previews and for curl commands', () => {
    assert.deepEqual(callersOf('exactRequest').toSorted(), [
      'preview/copyAsCurl.ts',
      'preview/previewRequest.ts',
    ])
    assert.deepEqual(callersOf('toHttpRequest').toSorted(), [
      'completions/client.ts',
      'preview/exactRequest.ts',
    ])
  })

  test('keeps files with secrets out of the index', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'infill-secrets-'))
    try {
      writeFileSync(join(folder, 'plain.ts'), 'const a = 1\n')
      writeFileSync(join(folder, 'gradle.properties'), 'a=1\n')
      for (const [index, text] of CREDENTIALS.entries()) {
        writeFileSync(join(folder, `config${index}.ts`), `${text}\n`)
      }
      const found: string[] = []
      await scanner({ changed: (path) => void found.push(path), removed: () => undefined })(
        [folder],
        [],
      )
      assert.deepEqual(found, [join(folder, 'plain.ts')])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

suite('a secret at the cursor', () => {
  const token = ['ghp_', 'q7ZrT2vX9mKd4LwPbN', '8sYcH3JfGa6tEuR5oQ'].join('')

  test('is found when the cursor is inside it', () => {
    const sides = { prompt: `a = '${token.slice(0, 9)}`, suffix: `${token.slice(9)}'` }
    assert.deepEqual(sensitivityOf('a.ts', [sides]), { by: 'text', kind: 'GitHub token' })
  })

  test('is found when it ends or begins at a replaced selection', () => {
    const key = ['AKIA', 'Z3MZP7QKX2LWVD5T'].join('')
    assert.notEqual(sensitivityOf('a.ts', [{ prompt: `a = ${key}`, suffix: 'AND' }]), null)
    assert.notEqual(sensitivityOf('a.ts', [{ prompt: 'AND', suffix: `${token}\n` }]), null)
  })

  test('is found at each of several cursors', () => {
    const plain = { prompt: 'a', suffix: 'b' }
    assert.notEqual(sensitivityOf('a.ts', [plain, { prompt: token, suffix: '' }]), null)
    assert.equal(sensitivityOf('a.ts', [plain, plain]), null)
  })

  test('is not looked for in a file that its name excludes', () =>
    assert.deepEqual(sensitivityOf('.npmrc', token), { by: 'name' }))
})
