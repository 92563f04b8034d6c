import { match, ok } from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { chooseEditor } from '../launcher/choose.ts'
import { defaultKey } from '../launcher/keys.ts'
import { openEditor, type Editor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { completed, statusItem } from '../launcher/user.ts'
import { messageCalls, pseudo } from '../support/messages.ts'

/** How a text looks that is translated: in Chinese, or in VS Code's pseudo-language */
const LANGUAGES = { 'zh-cn': /\p{sc=Han}/u, pseudo: /［.*］/ }

for (const [language, translated] of Object.entries(LANGUAGES)) {
  suite(`in the display language ${language}`, () => {
    let sample: Sample
    let editor: Editor

    suiteSetup(async function () {
      this.timeout(300_000)
      const chosen = await chooseEditor()
      // The desktop build requires a language pack.
      if (chosen.kind !== 'server') this.skip()
      if (language === 'pseudo') await writePseudoBundle()
      sample = await copySample()
      editor = await openEditor({ workspace: sample.folder, language }, chosen)
      await openAtGap()
    })
    suiteTeardown(async () => {
      await editor?.close()
      await sample?.remove()
    })

    /** Not `openFile`: VS Code's own texts are in the pseudo-language as well. */
    async function openAtGap(): Promise<void> {
      const { page } = editor
      await page.keyboard.press('ControlOrMeta+P')
      const { file, line, column } = sample
      await page.locator('.quick-input-widget input.input').fill(`${file}:${line}:${column}`)
      await labels().filter({ hasText: file }).first().waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.tab.active').filter({ hasText: file }).waitFor()
      await page
        .locator('[id="status.editor.selection"]', { hasText: new RegExp(`${line}.*${column}`) })
        .waitFor()
    }

    async function look(name: string): Promise<void> {
      const folder = join(root, 'out', 'journeys')
      await mkdir(folder, { recursive: true })
      await editor.page.screenshot({ path: join(folder, `${language}-${name}.png`) })
    }

    /** The labels of a list. The palette has the English title below. */
    const labels = (): Locator =>
      editor.page.locator('.quick-input-widget .quick-input-list-row:first-child .label-name')

    async function rows(): Promise<string[]> {
      await labels().first().waitFor()
      return labels().allInnerTexts()
    }

    test('the commands are translated', async () => {
      const { page } = editor
      await page.keyboard.press('F1')
      await page.locator('.quick-input-widget input.input').fill('>Infi')
      // In the pseudo-language, VS Code doubles the vowels of the category as well.
      const own = labels().filter({ hasText: /Infii?ll: / })
      await own.nth(5).waitFor()
      const titles = await own.allInnerTexts()
      for (const title of titles) match(title, translated)
      await look('commands')
      await page.keyboard.press('Escape')
    })

    test('the status bar, the message and the menu are translated', async () => {
      const { page } = editor
      await completed(editor, () => page.keyboard.press(defaultKey('infill.complete')))
      match(await statusItem(editor).innerText(), /\d+ → \d+ /)
      await page.locator('[id="status.notifications"]').click()
      const message = page.locator('.notifications-center .notification-list-item-message')
      match(await message.first().innerText(), translated)
      await look('message')
      await page.locator('[id="status.notifications"]').click()
      await statusItem(editor).click()
      const entries = await rows()
      ok(entries.length > 8)
      for (const entry of entries) match(entry, translated)
      await look('menu')
      await page.keyboard.press('Escape')
    })

    test('the questions of “Connect a Model…” are translated', async () => {
      const { page } = editor
      await statusItem(editor).click()
      await page.locator('.quick-input-widget .monaco-list-row').first().click()
      const urls = labels().filter({ hasText: /UU?RL/ })
      await urls.waitFor()
      match(await page.locator('.quick-input-widget .quick-input-title').innerText(), translated)
      match(await urls.innerText(), translated)
      await look('connect')
      await page.keyboard.press('Escape')
    })
  })
}

/** Translates every message to the pseudo-language, for which package.json needs no file. */
async function writePseudoBundle(): Promise<void> {
  const messages = (await messageCalls()).flatMap(({ message }) => message ?? [])
  const bundle = Object.fromEntries(messages.map((message) => [message, pseudo(message)]))
  const file = join(root, 'dist', 'l10n', 'bundle.l10n.pseudo.json')
  await writeFile(file, JSON.stringify(bundle))
}
