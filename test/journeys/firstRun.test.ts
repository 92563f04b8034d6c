import { equal, match } from 'node:assert/strict'
import { defaultKey } from '../launcher/keys.ts'
import { openEditor, type Editor } from '../launcher/open.ts'
import { until } from '../launcher/run.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { completed, openFile, runCommand, statusText, undo } from '../launcher/user.ts'

suite('the first minute', () => {
  let sample: Sample
  let editor: Editor

  suiteSetup(async function () {
    this.timeout(300_000)
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder })
  })
  suiteTeardown(async () => {
    await editor?.close()
    await sample?.remove()
  })

  const press = () => editor.page.keyboard.press(defaultKey('infill.complete'))

  /** The messages about the built-in endpoint in the list behind the bell */
  async function told(): Promise<number> {
    await runCommand(editor, 'Notifications: Show Notifications')
    const list = editor.page.locator('.notifications-center.visible')
    await list.waitFor()
    const count = await list
      .locator('.notification-list-item', { hasText: 'built-in endpoint' })
      .count()
    await runCommand(editor, 'Notifications: Hide Notifications')
    return count
  }

  test('the first completion says once what it was made with', async () => {
    await openFile(editor, sample.file, sample)
    match(await completed(editor, press), /^\d+ → \d+ tokens/)
    await until('the message', async () => ((await told()) === 1 ? true : undefined))
    await editor.page.keyboard.press('ControlOrMeta+1')
    await undo(editor)
    await completed(editor, press)
    equal(await told(), 1)
  })

  test('the message opens “Connect a Model…”', async () => {
    await runCommand(editor, 'Notifications: Show Notifications')
    const list = editor.page.locator('.notifications-center.visible')
    await list.locator('.monaco-button', { hasText: 'Connect a Model' }).click()
    const picker = editor.page.locator('.quick-input-widget')
    await picker.locator('.monaco-list-row', { hasText: 'Other URL' }).waitFor()
    await editor.page.keyboard.press('Escape')
    await picker.waitFor({ state: 'hidden' })
    equal((await statusText(editor)).includes('tokens'), true)
  })

  test('the language status shows the endpoint', async () => {
    await editor.page.locator('[id="status.languageStatus"]').hover()
    await editor.page.locator('.hover-language-status', { hasText: 'builtin' }).first().waitFor()
  })

  test('the walkthrough has four steps', async () => {
    const { page } = editor
    await page.keyboard.press('F1')
    await page.locator('.quick-input-widget input.input').fill('>Welcome: Open Walkthrough...')
    await page
      .locator('.quick-input-widget .monaco-list-row.focused', { hasText: 'Open Walkthrough' })
      .waitFor()
    await page.keyboard.press('Enter')
    await page
      .locator('.quick-input-widget .label-name', { hasText: 'Get Started with Infill' })
      .click()
    for (const title of [
      'Complete at the cursor',
      'Connect a model',
      'Undo, and see alternatives',
      'See what it costs',
    ]) {
      await page.locator('.step-title', { hasText: title }).first().waitFor()
    }
  })
})
