import { equal, match } from 'node:assert/strict'
import { defaultKey } from '../launcher/keys.ts'
import { until } from '../launcher/run.ts'
import { completed, openFile, runCommand, statusText, undo } from '../launcher/user.ts'
import { useSampleEditor } from './sampleEditor.ts'

suite('the first minute', () => {
  const opened = useSampleEditor()

  const press = () => opened.editor.page.keyboard.press(defaultKey('infill.complete'))

  /** The messages about the built-in endpoint in the list behind the bell */
  async function told(): Promise<number> {
    await runCommand(opened.editor, 'Notifications: Show Notifications')
    const list = opened.editor.page.locator('.notifications-center.visible')
    await list.waitFor()
    const count = await list
      .locator('.notification-list-item', { hasText: 'built-in endpoint' })
      .count()
    await runCommand(opened.editor, 'Notifications: Hide Notifications')
    return count
  }

  test('the first completion says once what it was made with', async () => {
    await openFile(opened.editor, opened.sample.file, opened.sample)
    match(await completed(opened.editor, press), /^\d+ → \d+ tokens/)
    await until('the message', async () => ((await told()) === 1 ? true : undefined))
    await opened.editor.page.keyboard.press('ControlOrMeta+1')
    await undo(opened.editor)
    await completed(opened.editor, press)
    equal(await told(), 1)
  })

  test('the message opens “Connect a Model…”', async () => {
    await runCommand(opened.editor, 'Notifications: Show Notifications')
    const list = opened.editor.page.locator('.notifications-center.visible')
    await list.locator('.monaco-button', { hasText: 'Connect a Model' }).click()
    const picker = opened.editor.page.locator('.quick-input-widget')
    await picker.locator('.monaco-list-row', { hasText: 'Other URL' }).waitFor()
    await opened.editor.page.keyboard.press('Escape')
    await picker.waitFor({ state: 'hidden' })
    equal((await statusText(opened.editor)).includes('tokens'), true)
  })

  test('the language status shows the endpoint', async () => {
    await opened.editor.page.locator('[id="status.languageStatus"]').hover()
    await opened.editor.page
      .locator('.hover-language-status', { hasText: 'builtin' })
      .first()
      .waitFor()
  })

  test('the walkthrough has four steps', async () => {
    const { page } = opened.editor
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
