import { join } from 'node:path'
import { defaultKey } from './keys.ts'
import type { Editor } from './open.ts'
import { root } from './paths.ts'
import { cursorMark, type Sample } from './sample.ts'
import { completed, save } from './user.ts'

/** Completes once by keyboard and prints the result. Returns whether text was inserted. */
export async function demonstrate(editor: Editor, sample: Sample): Promise<boolean> {
  const { before, after, file } = sample
  const key = defaultKey('infill.complete')
  heading(`${file} before ${key} (the cursor is at ${cursorMark})`)
  console.log(before + cursorMark + after)
  const startedAt = performance.now()
  const status = await completed(editor, () => editor.page.keyboard.press(key))
  const elapsed = Math.round(performance.now() - startedAt)
  const screenshot = join(root, 'out', 'start.png')
  await editor.page.screenshot({ path: screenshot })
  const text = await save(editor, file)
  heading(`${file} after ${key}`)
  console.log(text)
  heading('Request')
  console.log(await lastRequest(editor))
  heading('Result')
  console.log(`Status bar: ${status}`)
  console.log(`Time: ${elapsed} ms from the key press to the end`)
  console.log(`Screenshot: ${screenshot}`)
  const between = text.startsWith(before) && text.endsWith(after)
  const inserted = between && text.length > before.length + after.length
  if (!inserted) console.log(`No text was inserted. The log:\n${await editor.log()}`)
  return inserted
}

function heading(text: string): void {
  console.log(`\n── ${text} ──`)
}

/** Returns the last request in Infill's log, which contains requests at the level Trace. */
async function lastRequest(editor: Editor): Promise<string> {
  const lines = (await editor.log()).split('\n')
  const json = lines.findLast((line) => line.includes('] request '))?.split('] request ')[1]
  return json === undefined ? 'not in the log' : JSON.stringify(JSON.parse(json), null, 2)
}
