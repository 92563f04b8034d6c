import { equal, notEqual, ok } from 'node:assert/strict'
import type { Editor } from '../launcher/open.ts'
import type { Sample } from '../launcher/sample.ts'
import { completed, save, undo } from '../launcher/user.ts'

/** The main job: text is inserted between prompt and suffix, and one undo removes it. */
export async function insertsAndUndoes(
  editor: Editor,
  { file, before, after }: Sample,
  start: () => Promise<void>,
): Promise<void> {
  const status = await completed(editor, start)
  const text = await save(editor, file)
  ok(text.startsWith(before) && text.endsWith(after), text)
  notEqual(text, before + after, `nothing was inserted: ${status}\n${await editor.log()}`)
  await undo(editor)
  equal(await save(editor, file), before + after)
}
