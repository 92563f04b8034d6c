import { equal, match, ok } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { root } from '../launcher/paths.ts'
import { completed, runCommand, save, statusItem, undo } from '../launcher/user.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'
import { DONE, event, STOP, stream, text } from '../support/answers.ts'
import { hold, pause, until, type Answer } from '../support/sseServer.ts'

const usage = { prompt_tokens: 812, completion_tokens: 24, total_tokens: 836 }

suite('the status bar', () => {
  let sample: Scripted['sample']
  let editor: Scripted['editor']
  let server: Scripted['server']
  let close: Scripted['close'] | undefined
  let answer: Answer

  suiteSetup(async function () {
    this.timeout(300_000)
    ;({ sample, editor, server, close } = await openScripted(() => answer))
  })

  suiteTeardown(() => close?.())

  const press = () => editor.page.keyboard.press(defaultKey('infill.complete'))

  test('shows endpoint and model before the first request', async () => {
    await waitForStatus(editor, new RegExp(`^${server.url.host} · tiny$`))
  })

  test('shows the waiting time, then tokens as they arrive, then the totals', async () => {
    const go = Promise.withResolvers<void>()
    const rest = Promise.withResolvers<void>()
    const some = Array.from({ length: 6 }, (_, line) => [text(`    step_${line}()\n`), pause(120)])
    answer = stream(
      until(go.promise),
      ...some.flat(),
      until(rest.promise),
      STOP,
      event({ choices: [], usage }),
      DONE,
    )
    await press()
    // A busy machine may show the first second late.
    await waitForStatus(editor, /^Waiting for server \(\d s\)$/)
    await waitForStatus(editor, /^Waiting for server \([1-9] s\)$/)
    go.resolve()
    await waitForStatus(editor, /^~\d+ tokens · ~\d+\/s$/)
    await screenshot('under-way')
    rest.resolve()
    await waitForStatus(editor, /^812 → 24 tokens$/)
    await screenshot('end')
    await undo(editor)
    equal(await save(editor, sample.file), sample.before + sample.after)
  })

  test('shows the details in a tooltip', async () => {
    await statusItem(editor).hover()
    const tooltip = editor.page.locator('.monaco-hover', { hasText: 'Time to first token' })
    await tooltip.waitFor()
    const said = await tooltip.innerText()
    for (const part of ['tiny', '812 tokens', '24 tokens', 'tokens/s']) {
      ok(said.includes(part), `${part} is not in: ${said}`)
    }
    await editor.page.mouse.move(400, 300)
    await tooltip.waitFor({ state: 'hidden' })
  })

  test('marks estimates', async () => {
    answer = stream(text('x'), text('y', 'stop'), DONE)
    await press()
    await waitForStatus(editor, /^~\d+ → ~1 tokens$/)
    await undo(editor)
  })

  test('shows that Escape stopped the run, and the connection is closed', async () => {
    answer = stream(text('half'), hold)
    const number = server.requests.length
    await press()
    await waitForStatus(editor, /^~\d+ tokens/)
    await editor.page.keyboard.press('Escape')
    await waitForStatus(editor, /^Stopped · /)
    await (
      await server.received(number)
    ).closed
    match(await save(editor, sample.file), /half/)
    await undo(editor)
    equal(await save(editor, sample.file), sample.before + sample.after)
  })

  test('opens a menu of the next actions', async () => {
    await statusItem(editor).click()
    const rows = editor.page.locator('.quick-input-widget .monaco-list-row')
    await rows.filter({ hasText: 'Complete at cursor' }).waitFor()
    const entries = (await rows.allInnerTexts()).join('\n')
    for (const entry of ['settings', 'Set API key', 'Show log']) match(entries, new RegExp(entry))
    answer = stream(text('from the menu', 'stop'), DONE)
    await completed(editor, () => rows.filter({ hasText: 'Complete at cursor' }).click())
    match(await save(editor, sample.file), /from the menu/)
    await runCommand(editor, 'View: Focus Active Editor Group')
    await undo(editor)
  })

  test('follows a completion that is started from the editor’s context menu', async () => {
    answer = stream(text('from the context menu', 'stop'), DONE)
    await completed(editor, async () => {
      await editor.page.keyboard.press('Shift+F10')
      const menu = editor.page.locator('.context-view')
      await menu.locator('.action-item', { hasText: 'Complete at Cursor' }).hover()
      // By key: the menu ignores clicks for a moment after it opens.
      await menu.locator('.action-item.focused', { hasText: 'Complete at Cursor' }).waitFor()
      await editor.page.keyboard.press('Enter')
    })
    match(await save(editor, sample.file), /from the context menu/)
  })

  async function screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await editor.page.screenshot({ path: join(folder, `${name}.png`) })
  }
})
