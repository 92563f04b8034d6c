import { join } from 'node:path'
import { defaultKey } from './keys.ts'
import type { Editor } from './open.ts'
import { root } from './paths.ts'
import { caret, type Sample } from './sample.ts'
import { completed, save } from './user.ts'

/** Does the main job as a user does, tells what happened, and whether text was inserted. */
export async function demonstrate(editor: Editor, sample: Sample): Promise<boolean> {
  const { before, after, file } = sample
  const key = defaultKey('infill.complete')
  heading(`${file} before ${key} (the caret is ${caret})`)
  console.log(before + caret + after)
  const began = performance.now()
  const status = await completed(editor, () => editor.page.keyboard.press(key))
  const elapsed = Math.round(performance.now() - began)
  const screenshot = join(root, 'out', 'start.png')
  await editor.page.screenshot({ path: screenshot })
  const text = await save(editor, file)
  heading(`${file} after it`)
  console.log(text)
  heading('The request')
  console.log(await request(editor))
  heading('What it came to')
  console.log(`Status bar: ${status}`)
  console.log(`Time: ${elapsed} ms from the key to the end`)
  console.log(`Screenshot: ${screenshot}`)
  const between = text.startsWith(before) && text.endsWith(after)
  const inserted = between && text.length > before.length + after.length
  if (!inserted) console.log(`Nothing was inserted. The log:\n${await editor.log()}`)
  return inserted
}

function heading(text: string): void {
  console.log(`\n── ${text} ──`)
}

/** The last request in Infill's log, which has it at the level "Trace". */
async function request(editor: Editor): Promise<string> {
  const lines = (await editor.log()).split('\n')
  const json = lines.findLast((line) => line.includes('] request '))?.split('] request ')[1]
  return json === undefined ? 'none in the log' : JSON.stringify(JSON.parse(json), null, 2)
}
