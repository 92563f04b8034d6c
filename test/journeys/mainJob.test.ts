import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile, runCommand } from '../launcher/user.ts'
import { insertsAndUndoes } from './insertsAndUndoes.ts'

suite('the main job', () => {
  let sample: Sample
  let editor: Editor

  suiteSetup(async function () {
    // The first run installs the editor.
    this.timeout(300_000)
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder })
    await openFile(editor, sample.file, sample)
  })

  suiteTeardown(async () => {
    await editor?.close()
    await sample?.remove()
  })

  test('the key inserts text at the cursor, and one undo removes it', () =>
    insertsAndUndoes(editor, sample, () =>
      editor.page.keyboard.press(defaultKey('infill.complete')),
    ))

  test('the command palette does the same', () =>
    insertsAndUndoes(editor, sample, () => runCommand(editor, 'Infill: Complete at Cursor')))
})
