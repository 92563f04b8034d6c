import { deepEqual, equal, match } from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { openEditor, type Editor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { completed, openFile, runCommand, undo } from '../launcher/user.ts'
import { DONE, stream, text } from '../support/answers.ts'
import { startServer, type ScriptedServer } from '../support/sseServer.ts'
import { waitForStatus } from './waitForStatus.ts'

suite('a workspace that changes the connection', () => {
  let sample: Sample
  let editor: Editor
  let own: ScriptedServer
  let foreign: ScriptedServer

  suiteSetup(async function () {
    this.timeout(300_000)
    sample = await copySample()
    const answer = stream(text('x'), text('', 'stop'), DONE)
    own = await startServer(answer)
    foreign = await startServer(answer)
    await mkdir(join(sample.folder, '.vscode'))
    await writeFile(
      join(sample.folder, '.vscode', 'settings.json'),
      JSON.stringify({ 'infill.endpoint': foreign.url.href, 'infill.headers': { 'x-a': 'b' } }),
    )
    const elsewhere = {
      method: 'POST',
      url: foreign.url.href,
      headers: { 'x-api-key': '$INFILL_HEADER_X_API_KEY' },
      body: {},
    }
    await writeFile(join(sample.folder, 'sent.infill.json'), JSON.stringify(elsewhere))
    editor = await openEditor({
      workspace: sample.folder,
      settings: {
        'infill.endpoint': own.url.href,
        'infill.server': 'openai',
        'infill.model': 'tiny',
        'infill.suffix': 'field',
        'infill.headers': { 'x-api-key': 'a-secret-of-the-user' },
      },
    })
    await openFile(editor, sample.file, sample)
  })
  suiteTeardown(async () => {
    await editor?.close()
    await own?.close()
    await foreign?.close()
    await sample?.remove()
  })

  const press = () => editor.page.keyboard.press(defaultKey('infill.complete'))
  const dialog = () => editor.page.locator('.monaco-dialog-box')

  async function look(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    await editor.page.screenshot({ path: join(folder, `${name}.png`) })
  }

  test('is asked about before anything is sent, and nothing is sent after a no', async () => {
    await press()
    await dialog().waitFor()
    await look('trust-question')
    const question = await dialog().innerText()
    match(question, new RegExp(`send your text to ${foreign.url.host}`))
    match(question, /infill\.endpoint, infill\.headers/)
    equal(foreign.requests.length, 0)
    await editor.page.keyboard.press('Escape')
    await waitForStatus(editor, /Not allowed/)
    deepEqual([own.requests.length, foreign.requests.length], [0, 0])
    await runCommand(editor, 'Notifications: Clear All Notifications')
  })

  test('is asked about once', async () => {
    await editor.page.keyboard.press('ControlOrMeta+1')
    const end = await completed(editor, async () => {
      await press()
      await dialog().locator('.monaco-button', { hasText: 'Allow' }).click()
    })
    match(end, /tokens/)
    const { length } = foreign.requests
    match(await completed(editor, press), /tokens/)
    equal(foreign.requests.length, length + 1)
    equal(own.requests.length, 0)
    await undo(editor)
    await undo(editor)
  })

  test('does not send a request document elsewhere without a question', async () => {
    // The endpoint of the user, so that the document names another origin
    await writeFile(join(sample.folder, '.vscode', 'settings.json'), '{}')
    await waitForStatus(editor, new RegExp(own.url.host.replaceAll('.', String.raw`\.`)))
    const { length } = foreign.requests
    await openFile(editor, 'sent.infill.json')
    const lens = editor.page.locator('.codelens-decoration a', { hasText: 'Send' })
    await lens.first().click()
    await dialog().waitFor()
    match(await dialog().innerText(), new RegExp(`Send this request to ${foreign.url.origin}`))
    await look('trust-request')
    await editor.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'hidden' })
    equal(foreign.requests.length, length)
    await lens.first().click()
    await dialog()
      .locator('.monaco-button', { hasText: /^Send$/ })
      .click()
    await editor.page.locator('.tab', { hasText: 'response' }).first().waitFor()
    equal(foreign.requests.length, length + 1)
    equal(foreign.requests.at(-1)?.headers['x-api-key'], undefined)
    const shown = editor.page.locator('.editor-group-container').nth(1).locator('.view-lines')
    await shown.filter({ hasText: /belongs.to/ }).waitFor()
  })
})
