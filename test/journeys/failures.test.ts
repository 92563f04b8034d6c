import { deepEqual, equal, ok } from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { until } from '../launcher/run.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile, runCommand, save } from '../launcher/user.ts'
import { waitForStatus } from './waitForStatus.ts'
import { DONE, json, page, stream, text } from '../support/answers.ts'
import { startServer, type Answer } from '../support/sseServer.ts'

const KEY = 'sk-a-very-secret-key'

suite('a failure', () => {
  let sample: Sample
  let editor: Editor
  let server: Awaited<ReturnType<typeof startServer>>
  let answer: Answer | undefined

  suiteSetup(async function () {
    this.timeout(300_000)
    sample = await copySample()
    // A server that requires the key, unless a test sets another response
    server = await startServer(({ headers }) => {
      if (answer !== undefined) return answer
      return headers.authorization === `Bearer ${KEY}`
        ? stream(text('accepted', 'stop'), DONE)
        : json({ error: { message: 'You need an API key.' } }, 401)
    })
    const settings = {
      'infill.endpoint': server.url.href,
      'infill.server': 'openai',
      'infill.model': 'tiny',
      'infill.suffix': 'field',
      'infill.maxRetries': 0,
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

  const press = () => editor.page.keyboard.press(defaultKey('infill.complete'))

  /**
   * The only message with this text, in the list behind the bell: an editor under test shows no
   * notifications.
   */
  async function message(words: string): Promise<Locator> {
    const list = editor.page.locator('.notifications-center.visible')
    const found = list.locator('.notification-list-item', { hasText: words })
    await until(`the message "${words}"`, async () => {
      // The list may be closing, so it is read again.
      if ((await list.count()) === 0) {
        await editor.page.locator('[id="status.notifications"]').click()
      }
      return (await found.count()) > 0 || undefined
    })
    equal(await found.count(), 1)
    return found
  }

  /** The sentence is shown exactly once. */
  async function sees(sentence: string): Promise<void> {
    await message(sentence)
    await runCommand(editor, 'Notifications: Hide Notifications')
    await focusEditor()
  }

  async function unchanged(): Promise<void> {
    equal(await save(editor, sample.file), sample.before + sample.after)
  }

  test('a missing key: the message offers to set it, and the key is then sent', async () => {
    await press()
    await waitForStatus(editor, /^API key rejected$/)
    await unchanged()
    const refusal = await message(`${server.url.host} responded with 401: You need an API key.`)
    await refusal.locator('.monaco-button', { hasText: 'Set API Key' }).click()
    await editor.page.locator('.quick-input-widget input[type=password]').fill(KEY)
    await editor.page.keyboard.press('Enter')
    await sees(`The API key for ${server.url.origin} was saved`)
    await press()
    await waitForStatus(editor, /^~\d+ → ~\d+ tokens$/)
    await editor.page.keyboard.press('ControlOrMeta+Z')
    await unchanged()
    const keys = server.requests.map(({ headers }) => headers.authorization)
    deepEqual(keys, [undefined, `Bearer ${KEY}`])
    // Not even at level Trace, which shows the whole request
    const log = await editor.log()
    ok(log.includes('] request {') && !log.includes(KEY), log)
  })

  test('an invalid response is reported in one sentence', async () => {
    answer = page('<html>Please sign in</html>', 200, 'text/html')
    await press()
    await waitForStatus(editor, /^Invalid response$/)
    await sees('The server responded with a web page')
    await unchanged()
    answer = page('{"choices":', 200, 'application/json')
    await press()
    await sees('The response is not valid JSON.')
    await unchanged()
  })

  test('an unreachable server is reported in one sentence', async () => {
    await server.close()
    await press()
    await waitForStatus(editor, /^Server unreachable$/)
    await sees(`Could not reach ${server.url.origin}: connection refused.`)
    await unchanged()
  })

  test('an invalid setting is reported by its name', async () => {
    await mkdir(join(sample.folder, '.vscode'))
    await writeFile(
      join(sample.folder, '.vscode', 'settings.json'),
      JSON.stringify({ 'infill.endpoint': 'my server' }),
    )
    await waitForStatus(editor, /my server/)
    await press()
    await sees('The setting infill.endpoint must be "builtin" or a URL')
    await unchanged()
  })

  test('a missing editor is reported in one sentence', async () => {
    await runCommand(editor, 'View: Close All Editor Groups')
    await runCommand(editor, 'Infill: Complete at Cursor')
    await sees('Open a file and place the cursor where the completion should go.')
  })

  async function focusEditor(): Promise<void> {
    await runCommand(editor, 'View: Focus Active Editor Group')
  }
})
