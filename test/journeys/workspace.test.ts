import { equal } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { completed, openFile, save, undo } from '../launcher/user.ts'

const document = 'zebra()\n\ngiraffe()\n'
const files = {
  'main.ts': document,
  'seen.ts': 'zebra(stripes)\n',
  // The excluded texts would win, because they are more frequent.
  'never.ts': 'zebra(dots)\n'.repeat(5),
  'hidden/other.ts': 'zebra(spots)\n'.repeat(5),
  'ignored.ts': 'zebra(lines)\n'.repeat(5),
  '.gitignore': 'ignored.ts\n',
  '.vscode/settings.json': JSON.stringify({
    'files.exclude': { hidden: true },
    'infill.exclude': ['**/never.ts'],
    'infill.temperature': 0,
  }),
  'legs.ts': 'giraffe(legs)\n'.repeat(2),
  'neck.ts': 'giraffe(neck)\n',
}

suite('the built-in endpoint in a workspace', () => {
  let folder: string
  let editor: Editor

  suiteSetup(async function () {
    this.timeout(300_000)
    folder = await mkdtemp(join(tmpdir(), 'infill-workspace-'))
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), text)
    }
    // What it says when it is not sure, too: it is asked which text it knows.
    editor = await openEditor({ workspace: folder, settings: { 'infill.builtin.confidence': 0 } })
  })

  suiteTeardown(async () => {
    await editor?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** The document with the completion at a place, which is undone */
  async function completedAt(line: number, column: number): Promise<string> {
    await openFile(editor, 'main.ts', { line, column })
    await completed(editor, () => editor.page.keyboard.press(defaultKey('infill.complete')))
    const text = await save(editor, 'main.ts')
    await undo(editor)
    equal(await save(editor, 'main.ts'), document)
    return text
  }

  test('reads its files, but none that .gitignore, files.exclude or infill.exclude exclude', async () =>
    equal(await completedAt(1, 7), document.replace('zebra(', 'zebra(stripes')))

  test('gives open files the most weight', async () => {
    equal(await completedAt(3, 9), document.replace('giraffe(', 'giraffe(legs'))
    await openFile(editor, 'neck.ts')
    equal(await completedAt(3, 9), document.replace('giraffe(', 'giraffe(neck'))
  })
})
