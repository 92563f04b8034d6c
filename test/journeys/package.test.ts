import { deepEqual, ok } from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { npm } from '../launcher/run.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile } from '../launcher/user.ts'
import { insertsAndUndoes } from './insertsAndUndoes.ts'
import { zipEntries } from './zipEntries.ts'

const allowed = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|LICENSE\.txt|readme\.md|changelog\.md)$/,
  /^extension\/dist\/[\w-]+\.js$/,
  /^extension\/media\/(icon\.png|request\.schema\.json)$/,
]

suite('the package', () => {
  const vsix = join(root, 'out', 'infill.vsix')
  let sample: Sample | undefined
  let editor: Editor | undefined

  suiteSetup(async function () {
    this.timeout(120_000)
    await npm(root, 'run', 'package', '--', '--out', vsix)
  })

  suiteTeardown(async () => {
    await editor?.close()
    await sample?.remove()
  })

  test('holds what runs and what is read, and nothing else', async () => {
    const entries = await zipEntries(vsix)
    deepEqual(
      entries.filter((entry) => !allowed.some((pattern) => pattern.test(entry))),
      [],
    )
    for (const needed of ['package.json', 'dist/extension.js', 'dist/builtin.js']) {
      ok(entries.includes(`extension/${needed}`), `${needed} is missing: ${entries.join(', ')}`)
    }
  })

  test('is at most 400 KB', async () => {
    const { size } = await stat(vsix)
    ok(size <= 400_000, `${size} bytes`)
  })

  test('has no more than 40 KB that VS Code reads at activation', async () => {
    const files = await readAtActivation(join(root, 'dist'), 'extension.js')
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    ok(files.size > 1 && bytes <= 40_000, `${bytes} bytes in ${[...files.keys()].join(', ')}`)
  })

  test('does the main job where it is installed', async () => {
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder, vsix })
    await openFile(editor, sample.file, sample)
    const { keyboard } = editor.page
    await insertsAndUndoes(editor, sample, () => keyboard.press(defaultKey('infill.complete')))
  })
})

/** A bundle and all that it imports statically: what it imports dynamically is read at its first use. */
async function readAtActivation(
  folder: string,
  entry: string,
  files = new Map<string, string>(),
): Promise<Map<string, string>> {
  const text = await readFile(join(folder, entry), 'utf8')
  files.set(entry, text)
  for (const [, file = ''] of text.matchAll(/\b(?:from|import)\s*"\.\/([^"]+)"/g)) {
    if (!files.has(file)) await readAtActivation(folder, file, files)
  }
  return files
}
