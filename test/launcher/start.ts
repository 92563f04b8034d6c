// `npm start [-- --open]`: starts a real editor with the extension and a sample workspace. With a
// display or `--open` the editor stays open; otherwise it completes once and prints the result.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseEditor } from './choose.ts'
import { demonstrate } from './demonstrate.ts'
import { defaultKey } from './keys.ts'
import { type Editor, openEditor } from './open.ts'
import { root } from './paths.ts'
import { run } from './run.ts'
import { copySample, type Sample } from './sample.ts'
import { openFile } from './user.ts'

const interrupted = new Promise<void>((resolve) => {
  process.once('SIGINT', () => resolve())
  process.once('SIGTERM', () => resolve())
})

async function stayOpen(editor: Editor, sample: Sample): Promise<void> {
  if (editor.url !== undefined) console.log(`Open ${editor.url}`)
  console.log(`The cursor is in ${sample.file}, line ${sample.line}.`)
  console.log(`Press ${defaultKey('infill.complete')} there. Press Ctrl+C here to exit.`)
  const closed = new Promise<void>((resolve) => editor.page.once('close', () => resolve()))
  await Promise.race([interrupted, closed])
}

const startedAt = performance.now()
await run(process.execPath, ['esbuild.js'], { cwd: root, timeout: 120_000 })
const chosen = await chooseEditor()
const sample = await copySample()
try {
  const options = { workspace: sample.folder, logLevel: 'infill.infill:trace' }
  const editor = await openEditor(options, chosen)
  try {
    await openFile(editor, sample.file, sample)
    if (chosen.kind === 'desktop' || process.argv.includes('--open')) {
      await stayOpen(editor, sample)
    } else {
      await mkdir(join(root, 'out'), { recursive: true })
      const inserted = await Promise.race([demonstrate(editor, sample), interrupted])
      console.log(`${((performance.now() - startedAt) / 1000).toFixed(1)} s total`)
      if (inserted !== true) process.exitCode = 1
    }
  } finally {
    await editor.close()
  }
} finally {
  await sample.remove()
}
