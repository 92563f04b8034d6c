import { equal, match, ok } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { root } from '../launcher/paths.ts'
import { until as eventually } from '../launcher/run.ts'
import { openFile, runCommand, save, undo } from '../launcher/user.ts'
import { DONE, stream, text } from '../support/answers.ts'
import { until, type Answer } from '../support/sseServer.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'

suite('what was inserted last', () => {
  let sample: Scripted['sample']
  let editor: Scripted['editor']
  let close: Scripted['close'] | undefined
  let answer: Answer

  suiteSetup(async function () {
    this.timeout(300_000)
    ;({ sample, editor, close } = await openScripted(() => answer, {
      'infill.n': 2,
      'editor.accessibilitySupport': 'on',
    }))
  })

  suiteTeardown(() => close?.())

  const press = (command: string) => editor.page.keyboard.press(defaultKey(command))
  const choices = (...all: string[]) =>
    stream(...all.map((each, index) => text(each, 'stop', index)), DONE)
  /** What stands between the text before and after the caret, on the disk */
  async function inserted(): Promise<string> {
    const all = await save(editor, sample.file)
    ok(all.startsWith(sample.before) && all.endsWith(sample.after), all)
    return all.slice(sample.before.length, all.length - sample.after.length)
  }
  const spoken = () => editor.page.locator('.monaco-aria-container').innerText()
  /** How many pieces of lines have the soft mark of what was inserted */
  const marks = async () => editor.page.locator('.view-overlays .cdr[class*="ced-"]').count()

  test('is marked, and swapped by keys for its other choices', async () => {
    answer = choices('first()', 'second()')
    await press('infill.complete')
    await waitForStatus(editor, /tokens · 1 of 2$/)
    await eventually('the mark', async () => (await marks()) > 0 || undefined)
    await screenshot('marked')
    await press('infill.nextAlternative')
    await waitForStatus(editor, /^Alternative 2 of 2$/)
    equal(await inserted(), 'second()')
    ok((await marks()) > 0)
    await press('infill.previousAlternative')
    await waitForStatus(editor, /^Alternative 1 of 2$/)
    equal(await inserted(), 'first()')
  })

  test('is tried again by a key, and once more from the menu', async () => {
    answer = choices('third()')
    await press('infill.regenerate')
    await waitForStatus(editor, /tokens · 3 of 3$/)
    equal(await inserted(), 'third()')
    answer = choices('fourth()')
    await runCommand(editor, 'Infill: Regenerate')
    await waitForStatus(editor, /tokens · 4 of 4$/)
    equal(await inserted(), 'fourth()')
  })

  test('is told to a screen reader', async () =>
    match(await spoken(), /Infill: Completed, about \d+ tokens/))

  test('is said to be the same when a new try brings nothing new', async () => {
    await press('infill.regenerate')
    await waitForStatus(editor, /^Same result · .*tokens · 4 of 4$/)
    equal(await inserted(), 'fourth()')
    match(await spoken(), /Infill: Same result, about \d+ tokens/)
  })

  test('is no longer marked once something is typed', async () => {
    await editor.page.keyboard.type('x')
    await eventually('no mark', async () => (await marks()) === 0 || undefined)
    await undo(editor)
  })

  test('waits for its document to be shown, and says so', async () => {
    const go = Promise.withResolvers<void>()
    answer = stream(until(go.promise), text('late()', 'stop'), DONE)
    await press('infill.complete')
    await waitForStatus(editor, /^Waiting for server \(\d+ s\)$/)
    await openFile(editor, 'customers.py')
    go.resolve()
    await waitForStatus(editor, /^Paused: file not visible$/)
    await screenshot('held')
    await openFile(editor, sample.file, sample)
    await waitForStatus(editor, /tokens$/)
    match(await inserted(), /late\(\)/)
  })

  async function screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await editor.page.screenshot({ path: join(folder, `${name}.png`) })
  }
})
