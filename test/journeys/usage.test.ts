import { equal, match } from 'node:assert/strict'
import type { FrameLocator, Locator } from 'playwright-core'
import { defaultKey } from '../launcher/keys.ts'
import { until } from '../launcher/run.ts'
import { completed, runCommand } from '../launcher/user.ts'
import { DONE, event, STOP, stream, text } from '../support/answers.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'

const usage = { prompt_tokens: 812, completion_tokens: 24, total_tokens: 836 }

suite('usage', () => {
  let editor: Scripted['editor']
  let server: Scripted['server']
  let close: Scripted['close'] | undefined

  suiteSetup(async function () {
    this.timeout(300_000)
    const answer = stream(text('pass'), STOP, event({ choices: [], usage }), DONE)
    ;({ editor, server, close } = await openScripted(() => answer, {
      'infill.prices': { tiny: { input: 1000, output: 1000 } },
      'infill.monthlyBudget': 0.5,
    }))
  })

  suiteTeardown(() => close?.())

  const press = () => editor.page.keyboard.press(defaultKey('infill.complete'))
  const view = (): FrameLocator =>
    editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')

  /** The list behind the bell: an editor under test shows no notifications. */
  async function notification(words: string): Promise<Locator> {
    const list = editor.page.locator('.notifications-center.visible')
    const found = list.locator('.notification-list-item', { hasText: words })
    await until(`the message "${words}"`, async () => {
      if ((await list.count()) === 0) {
        await editor.page.locator('[id="status.notifications"]').click()
      }
      return (await found.count()) > 0 || undefined
    })
    return found
  }

  test('the budget is spent: a message offers more for today', async () => {
    match(await completed(editor, press), /^812 → 24 tokens$/)
    await press()
    await waitForStatus(editor, /^Budget spent$/)
    equal(server.requests.length, 1)
    const refusal = await notification('of the monthly budget of $0.50, $0.84 are spent.')
    await refusal.locator('.monaco-button', { hasText: 'Allow for Today' }).click()
    await waitForStatus(editor, /^812 → 24 tokens$/)
    equal(server.requests.length, 2)
  })

  test('the view shows what was used, and resets it after a question', async () => {
    await runCommand(editor, 'Infill: Show Usage')
    const total = view().getByRole('region', { name: 'Today' })
    await total.getByText('1,672 tokens').waitFor()
    await total.getByText('$1.67').waitFor()
    await view().getByRole('button', { name: 'Reset…' }).click()
    const dialog = editor.page.locator('.monaco-dialog-box')
    await dialog.getByText('Reset all recorded usage?').waitFor()
    await dialog.locator('.monaco-button', { hasText: 'Reset Usage' }).click()
    await view().getByText('No completions yet.').waitFor()
  })
})
