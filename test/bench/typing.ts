// Measures key presses beside an insertion: npm run bench -- typing [--json]
//
// A 1 MB TypeScript file is completed by 2,000 lines in one column, while keys are pressed in the other.
import process from 'node:process'
import type { Page } from 'playwright-core'
import { chooseEditor } from '../launcher/choose.ts'
import { root } from '../launcher/paths.ts'
import { run, until } from '../launcher/run.ts'
import { openFile, runCommand } from '../launcher/user.ts'
import { defaultKey } from '../launcher/keys.ts'
import { DONE, STOP, streamOf, text } from '../support/answers.ts'
import { pause, startServer, type Piece } from '../support/sseServer.ts'
import { middle } from './figure.ts'
import { openBenchEditor } from './window/benchEditor.ts'

const LINES = 2000
const PRESSES = 60
/** Between two lines, in ms */
const INTERVAL = 6
/** What an insertion may add to the median and to 95 % of the key presses, in ms */
const BOUNDS = { median: 16, late: 100 }

const LINE =
  'export const total = (items: Item[]): number => items.reduce((sum, item) => sum + item.price, 0)\n'
const FILES = {
  'big.ts': `interface Item {\n  price: number\n}\n${LINE.repeat(10_000)}`,
  'notes.md': '# Notes\n\n',
}

/** The times from each key press to the frame that shows its character, in ms */
async function typed(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let press = 0; press < PRESSES; press++) {
    await page.evaluate(WATCH)
    await page.keyboard.press('x')
    times.push(
      await until(
        'the character',
        () => page.evaluate<number | undefined>('globalThis.shownAfter'),
        10_000,
        5,
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  return times.toSorted((a, b) => a - b)
}

/** Runs in the page: the time from the next key press to the frame in which the line has changed. */
const WATCH = `{
  globalThis.shownAfter = undefined
  const lines = document.querySelector('.editor-group-container.active .view-lines')
  const before = lines.textContent
  let downAt
  addEventListener('keydown', () => { downAt = performance.now() }, { capture: true, once: true })
  const observer = new MutationObserver(() => {
    if (downAt === undefined || lines.textContent === before) return
    observer.disconnect()
    requestAnimationFrame(() => { globalThis.shownAfter = performance.now() - downAt })
  })
  observer.observe(lines, { childList: true, subtree: true, characterData: true })
}`

function* body(): Generator<Piece> {
  for (let line = 0; line < LINES; line++) {
    yield pause(INTERVAL)
    yield text(`${LINE.slice(0, -1)} // ${line}\n`)
  }
  yield STOP
  yield DONE
}

await run(process.execPath, ['esbuild.js', '--production'], { cwd: root, timeout: 120_000 })
const server = await startServer(() => streamOf(body()))
const editor = await openBenchEditor({
  chosen: await chooseEditor(),
  files: FILES,
  endpoint: new URL('.', server.url).href,
  env: {},
})
try {
  const { page } = editor
  await openFile(editor, 'big.ts', { line: 5000, column: 1 })
  await runCommand(editor, 'View: Split Editor Right')
  await openFile(editor, 'notes.md', { line: 3, column: 1 })
  await new Promise((resolve) => setTimeout(resolve, 15_000))
  const idle = await typed(page)
  await runCommand(editor, 'View: Focus Next Editor Group')
  await page.keyboard.press(defaultKey('infill.complete'))
  await server.received()
  await runCommand(editor, 'View: Focus Next Editor Group')
  const during = await typed(page)
  const status = await page.locator('[id="infill.infill.infill.status"]').innerText()
  if (!/\d/.test(status)) throw new Error(`The insertion is not running: ${status}`)
  const late = (values: readonly number[]): number => values[Math.floor(values.length * 0.95)] ?? 0
  const isMet =
    middle(during) - middle(idle) <= BOUNDS.median && late(during) - late(idle) <= BOUNDS.late
  if (process.argv.includes('--json')) console.log(JSON.stringify({ idle, during, isMet }, null, 2))
  else {
    const row = (name: string, values: number[]): string =>
      `${name.padEnd(24)} ${middle(values).toFixed(1)} ms, ${late(values).toFixed(1)} at 95 %, ≤ ${values.at(-1)?.toFixed(1)}`
    console.log(`${row('idle', idle)}\n${row('while text is inserted', during)}
bound: + ${BOUNDS.median} ms, + ${BOUNDS.late} at 95 %${isMet ? '' : '  MISSED'}`)
  }
  await page.screenshot({ path: `${root}out/typing.png` })
  if (!isMet) process.exitCode = 1
} finally {
  await editor.close()
  await server.close()
}
