import { defaultKey } from '../launcher/keys.ts'
import { runCommand } from '../launcher/user.ts'
import { insertsAndUndoes } from './insertsAndUndoes.ts'
import { useSampleEditor } from './sampleEditor.ts'

suite('the main job', () => {
  const opened = useSampleEditor()

  test('the key inserts text at the cursor, and one undo removes it', () =>
    insertsAndUndoes(opened.editor, opened.sample, () =>
      opened.editor.page.keyboard.press(defaultKey('infill.complete')),
    ))

  test('the command palette does the same', () =>
    insertsAndUndoes(opened.editor, opened.sample, () =>
      runCommand(opened.editor, 'Infill: Complete at Cursor'),
    ))
})
