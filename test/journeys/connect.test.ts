import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parse } from 'jsonc-parser'
import type { Locator } from 'playwright-core'
import { defaultKey } from '../launcher/keys.ts'
import { type Editor, openEditor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { until } from '../launcher/run.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { completed, openFile, runCommand, save, statusText } from '../launcher/user.ts'
import { completionsServer } from '../support/completionsServer.ts'
import { type ScriptedServer, startServer } from '../support/sseServer.ts'

const KEY = 'sk-the-right-key'

suite('connecting a model', () => {
  let sample: Sample
  let editor: Editor
  let server: ScriptedServer
  /** A folder of the PATH with an `ollama`, and the file that it writes when it is started */
  let programs: string
  let started: string

  suiteSetup(async function () {
    this.timeout(300_000)
    sample = await copySample()
    const models = ['nomic-embed-text', 'tiny', 'qwen2.5-coder:1.5b']
    server = await startServer(
      completionsServer({ models, key: KEY, completion: 'strip().split(",")' }),
    )
    programs = await mkdtemp(join(tmpdir(), 'infill-programs-'))
    started = join(programs, 'started')
    await writeFile(join(programs, 'ollama'), `#!/bin/sh\necho "$@" > ${started}\n`, {
      mode: 0o755,
    })
    editor = await openEditor({
      workspace: sample.folder,
      // With the DOM renderer, the text of a terminal can be read.
      settings: { 'infill.temperature': 0.5, 'terminal.integrated.gpuAcceleration': 'off' },
      logLevel: 'infill.infill:trace',
      // Started from a command line, VS Code does not ask the login shell for another PATH.
      env: { VSCODE_CLI: '1', PATH: [programs, process.env['PATH']].join(delimiter) },
    })
    await openFile(editor, sample.file, sample)
  })

  suiteTeardown(async () => {
    await editor?.close()
    await server?.close()
    await sample?.remove()
    await rm(programs, { recursive: true, force: true })
  })

  const widget = (): Locator => editor.page.locator('.quick-input-widget')
  const rows = (): Locator => widget().locator('.monaco-list-row')
  const key = (name: string): Promise<void> => editor.page.keyboard.press(name)
  const type = (text: string): Promise<void> => editor.page.keyboard.insertText(text)

  /** Starts the command from the palette, by keyboard only. */
  async function start(): Promise<void> {
    await key('F1')
    await widget().locator('input.input').fill('>Infill: Connect a Model…')
    await rows().filter({ hasText: 'Connect a Model' }).first().waitFor()
    await key('Enter')
    await rows().filter({ hasText: 'Other URL…' }).waitFor()
  }

  async function choose(label: string): Promise<void> {
    await rows().filter({ hasText: label }).first().waitFor()
    await type(label)
    await widget().locator('.monaco-list-row.focused', { hasText: label }).waitFor()
    await key('Enter')
  }

  async function titled(title: string): Promise<void> {
    await widget().locator('.quick-input-title', { hasText: title }).waitFor()
  }

  async function screenshot(name: string): Promise<void> {
    const folder = join(root, 'out', 'journeys')
    await mkdir(folder, { recursive: true })
    // The widget fades in.
    await editor.page.waitForTimeout(300)
    await editor.page.screenshot({ path: join(folder, `connect-${name}.png`) })
  }

  async function userSettings(): Promise<Record<string, unknown>> {
    const values = parse(await readFile(join(editor.data, 'User', 'settings.json'), 'utf8'))
    // VS Code converts this setting when it starts.
    delete values['extensions.autoUpdate']
    return values
  }

  test('Escape leaves without changes', async () => {
    const before = await userSettings()
    await start()
    await screenshot('sources')
    await key('Escape')
    await widget().waitFor({ state: 'hidden' })
    deepEqual(await userSettings(), before)
    equal(server.requests.length, 0)
  })

  test('leads from a messy URL and a wrong key to a model that is tested and saved', async () => {
    const before = await userSettings()
    await start()
    await choose('Other URL…')
    await titled('URL')
    await type(`  "${server.url.host}/v1/chat/completions", `)
    await key('Enter')
    await titled('Requires an API Key')
    await screenshot('key')
    await type('sk-a-wrong-key')
    await key('Enter')
    await until(
      'the wrong key to be refused',
      () =>
        server.requests.some(({ headers }) => headers.authorization === 'Bearer sk-a-wrong-key') ||
        undefined,
    )
    // Until then, the first question and the waiting are still shown.
    await widget().filter({ hasText: '401' }).waitFor()
    const box = widget().locator('input[type=password]')
    await until('the key to be asked for again', async () =>
      (await box.count()) === 1 && (await box.inputValue()) === 'sk-a-wrong-key' ? true : undefined,
    )
    match(await widget().innerText(), /401/)
    await key('ControlOrMeta+A')
    await type(KEY)
    await key('Enter')
    await titled('Model')
    await rows().first().waitFor()
    const names = await rows().allInnerTexts()
    match(names[0] ?? '', /qwen2\.5-coder:1\.5b[^]*fills in the middle/)
    await screenshot('models')
    await key('Enter')
    await rows().filter({ hasText: 'Save for all workspaces' }).waitFor()
    const result = await widget().innerText()
    match(result, /return strip\(\)\.split/)
    match(result, /first token after \d+ ms/)
    match(result, /context of 32,768 tokens/)
    match(result, /sent in the server’s own field/)
    await screenshot('result')
    deepEqual(await userSettings(), before)
    await key('Enter')
    await widget().waitFor({ state: 'hidden' })
    const saved = {
      'infill.model': 'qwen2.5-coder:1.5b',
      'infill.server': 'auto',
      'infill.endpoint': `${server.url.origin}/v1`,
    }
    await until(
      'the settings to be saved',
      async () =>
        (await userSettings())['infill.endpoint'] === saved['infill.endpoint'] || undefined,
    )
    deepEqual(await userSettings(), { ...before, ...saved })
  })

  test('keeps the key in no file', async () => {
    for (const folder of [editor.data, sample.folder]) {
      for (const file of await filesIn(folder)) {
        ok(!(await readFile(file)).includes(KEY), file)
      }
    }
    match(await editor.log(), /\] request \{/)
  })

  test('the completion key uses the connection', async () => {
    await runCommand(editor, 'View: Focus Active Editor Group')
    const number = server.requests.length
    await completed(editor, () => key(defaultKey('infill.complete')))
    const sent = server.requests.slice(number).filter(({ path }) => path === '/v1/completions')
    ok(sent.length > 0)
    for (const { headers } of sent) equal(headers.authorization, `Bearer ${KEY}`)
    match(await save(editor, sample.file), /strip\(\)\.split\(","\)/)
    match(await statusText(editor), /tokens/)
  })

  test('saves for the workspace only, and goes back with the text in place', async () => {
    const before = await userSettings()
    await start()
    await choose('Other URL…')
    await titled('URL')
    await type(server.url.origin)
    await key('Enter')
    // The key is saved already.
    await titled('Model')
    await widget().locator('.codicon-quick-input-back').click()
    await titled('URL')
    equal(await widget().locator('input.input').inputValue(), server.url.origin)
    await key('Enter')
    await titled('Model')
    await choose('tiny')
    await choose('Save for this workspace')
    await widget().waitFor({ state: 'hidden' })
    const file = join(sample.folder, '.vscode', 'settings.json')
    const settings = await until('the settings of the workspace', async () => {
      const values = parse(await readFile(file, 'utf8').catch(() => '{}'))
      return values['infill.endpoint'] === undefined ? undefined : values
    })
    deepEqual(settings, {
      'infill.model': 'tiny',
      'infill.server': 'auto',
      'infill.endpoint': `${server.url.origin}/v1`,
    })
    deepEqual(await userSettings(), before)
  })

  test('types the command of an installed server into a terminal, and the user starts it', async function () {
    if (process.platform === 'win32') return this.skip()
    await start()
    await choose('Start Ollama in a terminal…')
    const terminal = editor.page.locator('.terminal-wrapper .xterm')
    await terminal.filter({ hasText: /ollama\sserve/ }).waitFor()
    await screenshot('terminal')
    equal(await stat(started).catch(() => null), null)
    await terminal.click()
    await key('Enter')
    await until('the command to start', () => stat(started).catch(() => undefined))
    equal((await readFile(started, 'utf8')).trim(), 'serve')
  })
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  const files = entries.map((entry) => join(folder, entry))
  const kinds = await Promise.all(files.map((file) => stat(file).catch(() => null)))
  return files.filter((_, at) => kinds[at]?.isFile())
}
