import { equal, match, ok } from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { root } from '../launcher/paths.ts'
import { until } from '../launcher/run.ts'
import { runCommand, statusItem } from '../launcher/user.ts'
import { DONE, page as webPage, STOP, stream, text } from '../support/answers.ts'
import type { Answer } from '../support/sseServer.ts'
import { openScripted, type Scripted } from './scripted.ts'
import { waitForStatus } from './waitForStatus.ts'

/** Half of the window's usual size: what remains of it at a zoom of 200 % */
const ZOOMED = { width: 640, height: 400 }

for (const kind of ['dark', 'light'] as const) {
  suite(`by keyboard, in high contrast (${kind}), at 200 %`, () => {
    let scripted: Scripted
    let answer: Answer

    suiteSetup(async function () {
      this.timeout(300_000)
      scripted = await openScripted(() => answer, {
        'editor.accessibilitySupport': 'on',
      })
      const { page } = scripted.editor
      await page.setViewportSize(ZOOMED)
      // As a system in high contrast: VS Code then selects its theme.
      await page.emulateMedia({ colorScheme: kind, forcedColors: 'active' })
    })
    suiteTeardown(() => scripted?.close())

    test('the theme is in force', async () => {
      const workbench = scripted.editor.page.locator('.monaco-workbench')
      const name = kind === 'dark' ? /\bhc-black\b/ : /\bhc-light\b/
      await until(
        'the theme',
        async () => name.test((await workbench.getAttribute('class')) ?? '') || undefined,
      )
    })

    const keyboard = () => scripted.editor.page.keyboard
    const press = () => keyboard().press(defaultKey('infill.complete'))
    const spoken = () => scripted.editor.page.locator('.monaco-aria-container').innerText()
    const focusedRow = () =>
      scripted.editor.page.locator('.quick-input-widget .monaco-list-row.focused .label-name')

    /** Runs a command that shows a list in the place of the palette. */
    async function open(title: string): Promise<void> {
      await keyboard().press('F1')
      await scripted.editor.page.locator('.quick-input-widget input.input').fill(`>${title}`)
      await focusedRow().filter({ hasText: title }).waitFor()
      await keyboard().press('Enter')
    }

    async function look(name: string): Promise<void> {
      const folder = join(root, 'out', 'journeys')
      await mkdir(folder, { recursive: true })
      await scripted.editor.page.screenshot({ path: join(folder, `contrast-${kind}-${name}.png`) })
    }

    test('the start and the end are announced, and the insertion has a border', async () => {
      const { sent, release } = heldAnswer()
      answer = sent
      await press()
      await until('the start', async () => (await spoken()).includes('Generating') || undefined)
      release()
      await waitForStatus(scripted.editor, /tokens/)
      await until('the end', async () => (await spoken()).includes('Completed') || undefined)
      const mark = scripted.editor.page.locator('.view-overlays .cdr[class*="ced-"]').first()
      // VS Code draws its overlays anew, and an element that it has removed has no style.
      await until('the border', async () => {
        const width = await mark.evaluate((element) =>
          String(element.computedStyleMap().get('border-top-width')),
        )
        return width === '1px' || undefined
      })
      await look('completed')
    })

    test('the menu is reached and used without a mouse', async () => {
      await open('Infill: Show Menu')
      await focusedRow().filter({ hasText: 'Complete at cursor' }).waitFor()
      await look('menu')
      await keyboard().press('ArrowDown')
      await keyboard().press('ArrowDown')
      equal(await focusedRow().count(), 1)
      await keyboard().press('Escape')
    })

    test('“Connect a Model…” goes forward and back without a mouse', async () => {
      await open('Infill: Connect a Model…')
      const input = scripted.editor.page.locator('.quick-input-widget input.input')
      await scripted.editor.page
        .locator('.quick-input-widget .label-name', { hasText: 'No server' })
        .or(scripted.editor.page.locator('.quick-input-widget .label-name', { hasText: 'Start' }))
        .or(scripted.editor.page.locator('.quick-input-widget .label-name', { hasText: '127' }))
        .first()
        .waitFor()
      await look('connect')
      await input.fill('Other URL')
      await focusedRow().filter({ hasText: 'Other URL' }).waitFor()
      await keyboard().press('Enter')
      await scripted.editor.page
        .locator('.quick-input-widget .quick-input-title', { hasText: 'URL' })
        .waitFor()
      await look('url')
      await keyboard().press('Escape')
    })

    test('a failure has an icon, words, and a message that is announced', async () => {
      answer = webPage('down', 500)
      await press()
      await waitForStatus(scripted.editor, /^Server error$/)
      equal(await statusItem(scripted.editor).locator('.codicon-error').count(), 1)
      await until('the message', async () => /responded with 500/.test(await spoken()) || undefined)
      await look('failed')
      match(
        (await statusItem(scripted.editor).locator('a').getAttribute('aria-label')) ?? '',
        /Server error/,
      )
    })

    test('the usage view fits the window', async () => {
      await runCommand(scripted.editor, 'Infill: Show Usage')
      const view = scripted.editor.page
        .frameLocator('iframe.webview.ready')
        .frameLocator('#active-frame')
      await view.getByRole('region', { name: 'Today' }).waitFor()
      await look('usage')
      const body = await view
        .locator('body')
        .evaluate((element) => [element.scrollWidth, element.clientWidth])
      ok((body[0] ?? 0) <= (body[1] ?? 0), body.join(' > '))
    })
  })
}

/** A stream that waits before its end, so that its start can be seen */
function heldAnswer(): { sent: Answer; release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return {
    sent: stream(text('first()'), () => promise, STOP, DONE),
    release: resolve,
  }
}
