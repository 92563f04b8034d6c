import { deepEqual, ok } from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../editor/keys.ts'
import { type Editor, openEditor } from '../editor/open.ts'
import { root } from '../editor/paths.ts'
import { npm } from '../editor/run.ts'
import { copySample, type Sample } from '../editor/sample.ts'
import { openFile } from '../editor/user.ts'
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

  test('does the main job where it is installed', async () => {
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder, vsix })
    await openFile(editor, sample.file, sample)
    const { keyboard } = editor.page
    await insertsAndUndoes(editor, sample, () => keyboard.press(defaultKey('infill.complete')))
  })
})
