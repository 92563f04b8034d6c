import { equal, match } from 'node:assert/strict'
import { defaultKey } from '../launcher/keys.ts'
import { runCommand, statusText, undo } from '../launcher/user.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'
import { DONE, json, STOP, stream, text } from '../support/answers.ts'
import { hold, type Answer } from '../support/sseServer.ts'

suite('keys of other features', () => {
  let editor: Scripted['editor']
  let server: Scripted['server']
  let close: Scripted['close'] | undefined
  let answer: Answer

  suiteSetup(async function () {
    this.timeout(300_000)
    ;({ editor, server, close } = await openScripted(() => answer, {
      'infill.maxRetries': 0,
    }))
  })

  suiteTeardown(() => close?.())

  const press = (key: string) => editor.page.keyboard.press(key)
  const complete = () => press(defaultKey('infill.complete'))
  const findWidget = () => editor.page.locator('.find-widget.visible')
  const suggestions = () => editor.page.locator('.suggest-widget.visible')

  /** Escape in the text hides the find widget, unless another feature handles the key. */
  async function escapeIsFree(): Promise<void> {
    await press('ControlOrMeta+F')
    await findWidget().waitFor()
    await runCommand(editor, 'View: Focus Active Editor Group')
    equal(await findWidget().count(), 1)
    await press('Escape')
    await findWidget().waitFor({ state: 'detached' })
  }

  test('Escape belongs to VS Code before the first completion', () => escapeIsFree())

  test('Escape belongs to VS Code after a completion has ended', async () => {
    answer = stream(text('x', 'stop'), DONE)
    await complete()
    await waitForStatus(editor, /^~\d+ → ~1 tokens$/)
    await escapeIsFree()
    await undo(editor)
  })

  test('Escape belongs to VS Code after a completion has failed', async () => {
    answer = json({ error: { message: 'No' } }, 400)
    await complete()
    await waitForStatus(editor, /^Request rejected$/)
    await runCommand(editor, 'Notifications: Clear All Notifications')
    await escapeIsFree()
  })

  test('Escape belongs to VS Code after a completion was replaced', async () => {
    answer = stream(text('half'), hold)
    await complete()
    await waitForStatus(editor, /^~\d+ tokens/)
    answer = stream(text('x'), STOP, DONE)
    await complete()
    await waitForStatus(editor, /^~\d+ → ~1 tokens$/)
    await escapeIsFree()
    await undo(editor)
    await undo(editor)
  })

  test('Escape belongs to VS Code after a completion was undone', async () => {
    answer = stream(text('half'), hold)
    await complete()
    await waitForStatus(editor, /^~\d+ tokens/)
    await undo(editor)
    await waitForStatus(editor, /^Undone · /)
    await escapeIsFree()
  })

  test('Escape hides suggestions before it stops the stream', async () => {
    answer = stream(text('half'), hold)
    await complete()
    await waitForStatus(editor, /^~\d+ tokens/)
    await press('Control+Space')
    await suggestions().waitFor()
    await press('Escape')
    await suggestions().waitFor({ state: 'hidden' })
    match(await statusText(editor), /^~\d+ tokens/)
    await press('Escape')
    await waitForStatus(editor, /^Stopped · /)
    await undo(editor)
  })

  test('the key in a read-only editor reports it and sends nothing', async () => {
    const asked = server.requests.length
    await runCommand(editor, 'File: Set Active Editor Read-only in Session')
    await complete()
    await waitForStatus(editor, /^No editor$/)
    match(await editor.log(), /This file is read-only/)
    equal(server.requests.length, asked)
    // The palette does not list the command there; other commands are listed.
    await press('F1')
    await editor.page.keyboard.type('Infill: ')
    const rows = editor.page.locator('.quick-input-widget .label-name')
    await rows.filter({ hasText: 'Infill: Choose Model' }).waitFor()
    equal(await rows.filter({ hasText: 'Infill: Complete' }).count(), 0)
    await press('Escape')
  })
})
