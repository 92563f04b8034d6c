import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { type Editor, openEditor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile, runCommand, undo } from '../launcher/user.ts'
import { waitForStatus } from './waitForStatus.ts'
import { DONE, event, json, stream, text } from '../support/answers.ts'
import { hold, startServer, type Answer } from '../support/sseServer.ts'

const KEY = 'sk-a-very-secret-key'
const models = ['a-chat-model', 'qwen2.5-coder:1.5b', 'tiny', 'codestral-latest']
const usage = { prompt_tokens: 812, completion_tokens: 4, total_tokens: 816 }

suite('the exact request', () => {
  let sample: Sample
  let editor: Editor
  let server: Awaited<ReturnType<typeof startServer>>
  let list: Answer

  suiteSetup(async function () {
    this.timeout(300_000)
    sample = await copySample()
    list = json({ object: 'list', data: models.map((id) => ({ id, object: 'model' })) })
    const answer = stream(
      text('from_'),
      text('the_preview'),
      text('', 'stop'),
      event({ choices: [], usage }),
      DONE,
    )
    server = await startServer(({ method }) => (method === 'GET' ? list : answer))
    const settings = {
      'infill.endpoint': server.url.href,
      'infill.model': 'tiny',
      'infill.server': 'openai',
      'infill.suffix': 'field',
    }
    editor = await openEditor({
      workspace: sample.folder,
      settings,
      logLevel: 'infill.infill:trace',
    })
    await openFile(editor, sample.file, sample)
  })

  suiteTeardown(async () => {
    await editor?.close()
    await server?.close()
    await sample?.remove()
  })

  /** The words of a line of the active document; VS Code renders spaces as other characters. */
  const words = (group: Locator, part: string): Locator =>
    group.locator('.view-line span span', { hasText: part }).last()
  const group = (number: number): Locator =>
    editor.page.locator('.editor-group-container').nth(number)
  const lens = (title: string): Locator =>
    editor.page.locator('.codelens-decoration a', { hasText: title })

  /** Runs a command that shows an input in the place of the palette. */
  async function ask(title: string): Promise<void> {
    const { page } = editor
    await page.keyboard.press('F1')
    await page.locator('.quick-input-widget input.input').fill(`>Infill: ${title}`)
    await page.locator('.quick-input-widget .label-name', { hasText: `Infill: ${title}` }).click()
  }

  test('opens in the editor without the key', async () => {
    await ask('Set API Key…')
    await editor.page.locator('.quick-input-widget input[type=password]').fill(KEY)
    await editor.page.keyboard.press('Enter')
    await editor.page.locator('[id="status.notifications"]').click()
    const said = editor.page.locator('.notification-list-item', { hasText: 'The API key' })
    await said.filter({ hasText: 'was saved' }).waitFor()
    await runCommand(editor, 'Notifications: Clear All Notifications')
    await runCommand(editor, 'Infill: Preview Request')
    await editor.page.locator('.tab.active', { hasText: 'request.infill.json' }).waitFor()
    await words(group(0), 'INFILL_API_KEY').waitFor()
    await lens('Send').waitFor()
    equal(await editor.page.locator('.tab.active.dirty').count(), 0)
    equal(server.requests.length, 0)
  })

  test('documents each field on hover', async () => {
    await words(group(0), 'max_tokens').hover()
    const hover = editor.page.locator('.monaco-hover', {
      hasText: 'Maximum number of tokens to generate',
    })
    await hover.waitFor()
    match(await hover.innerText(), /0 or more; default: 16/)
    await screenshot('preview-hover')
    await editor.page.mouse.move(10, 790)
    await hover.waitFor({ state: 'hidden' })
  })

  test('suggests the names of other fields', async () => {
    const { keyboard } = editor.page
    await words(group(0), 'max_tokens').click()
    await keyboard.press('Home')
    await keyboard.press('Enter')
    await keyboard.press('ArrowUp')
    await keyboard.type('"best')
    const row = editor.page.locator('.suggest-widget .monaco-list-row', { hasText: 'best_of' })
    await row.waitFor()
    await screenshot('preview-completion')
    await keyboard.press('Escape')
    for (let at = 0; at < 5; at++) await keyboard.press('Backspace')
    await keyboard.type('"seed')
    await editor.page
      .locator('.suggest-widget .monaco-list-row', { hasText: 'seed' })
      .first()
      .waitFor()
    await keyboard.press('Enter')
    await words(group(0), 'seed').waitFor()
    await keyboard.type('7')
  })

  test('is sent with the key by a click, and the response opens beside it', async () => {
    await lens('Send').click()
    await editor.page.locator('.tab', { hasText: 'response.json' }).waitFor()
    await words(group(1), 'from_the_preview').waitFor()
    await lens('Insert at Cursor').waitFor()
    await screenshot('preview-answer')
    equal(server.requests.length, 1)
    equal(server.requests[0]?.headers.authorization, `Bearer ${KEY}`)
    equal(Reflect.get(Object(server.requests[0]?.body), 'seed'), 7)
    const log = await editor.log()
    ok(log.includes('] request {') && !log.includes(KEY), log)
  })

  test('is inserted at its place by a click, and removed by one undo', async () => {
    await lens('Insert at Cursor').click()
    await editor.page.locator('.tab.active', { hasText: sample.file }).waitFor()
    await words(group(0), 'from_the_preview').waitFor()
    await screenshot('preview-inserted')
    equal(await saved(), `${sample.before}from_the_preview${sample.after}`)
    await undo(editor)
    await editor.page.locator('.tab.dirty', { hasText: sample.file }).waitFor()
    equal(await saved(), sample.before + sample.after)
  })

  test('closes without a question', async () => {
    await runCommand(editor, 'View: Close All Editor Groups')
    await editor.page.locator('.tab').first().waitFor({ state: 'detached' })
    equal(await editor.page.locator('.monaco-dialog-box').count(), 0)
  })

  test('its model is chosen from those of the endpoint', async () => {
    await ask('Choose Model…')
    const rows = editor.page.locator('.quick-input-widget .monaco-list-row')
    await rows.filter({ hasText: 'a-chat-model' }).waitFor()
    await screenshot('models')
    const names = await rows
      .locator('.quick-input-list-rows > :first-child .label-name')
      .allInnerTexts()
    deepEqual(
      names.map((name) => name.trim()),
      ['qwen2.5-coder:1.5b', 'codestral-latest', 'a-chat-model', 'tiny', 'Enter a name…'],
    )
    match(await rows.filter({ hasText: 'tiny' }).innerText(), /current/)
    match(await rows.first().innerText(), /fills in the middle/)
    await rows.first().click()
    await waitForStatus(editor, /qwen2\.5-coder:1\.5b$/)
  })

  test('its model can be typed when the list does not arrive', async () => {
    list = { before: [hold] }
    const number = server.requests.length
    await ask('Choose Model…')
    const request = await server.received(number)
    const rows = editor.page.locator('.quick-input-widget .monaco-list-row')
    // The palette, which has other rows, may still be there.
    await rows.filter({ hasText: 'Enter a name…' }).click()
    await request.closed
    await editor.page.locator('.quick-input-title', { hasText: 'Model name' }).waitFor()
    const input = editor.page.locator('.quick-input-widget input')
    equal(await input.inputValue(), 'qwen2.5-coder:1.5b')
    await input.fill('my-own')
    await editor.page.keyboard.press('Enter')
    await waitForStatus(editor, /my-own$/)
  })

  test('its model can be typed when there is no list or no server, and the reason is shown', async () => {
    const input = editor.page.locator('.quick-input-widget input')
    const says = async (sentence: string) => {
      await ask('Choose Model…')
      await editor.page.locator(`.quick-input-widget input[placeholder*="${sentence}"]`).waitFor()
      await editor.page.keyboard.press('Escape')
      await input.waitFor({ state: 'hidden' })
    }
    list = json({ error: 'no such thing' }, 404)
    await says('does not list its models')
    await server.close()
    await says('connection refused')
  })

  /** The response beside it is never dirty; the tab of the file counts. */
  async function saved(): Promise<string> {
    await editor.page.keyboard.press('ControlOrMeta+S')
    await editor.page.locator('.tab.active:not(.dirty)', { hasText: sample.file }).waitFor()
    return readFile(join(sample.folder, sample.file), 'utf8')
  }

  async function screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await editor.page.screenshot({ path: join(folder, `${name}.png`) })
  }
})
