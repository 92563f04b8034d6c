import { match, ok } from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { defaultKey } from '../launcher/keys.ts'
import { findLlama } from '../launcher/findLlama.ts'
import { until } from '../launcher/run.ts'
import { completed, undo } from '../launcher/user.ts'
import { startLlama, type LlamaServer } from '../live/llamaServer.ts'
import { json } from '../support/answers.ts'
import { lmStudio, ollama } from '../support/serverShapes.ts'
import { startServer, type Answer, type ScriptedServer } from '../support/sseServer.ts'
import { useSampleEditor } from './sampleEditor.ts'

/** The usual ports. A test is skipped where another program has one. */
const PORTS = { ollama: 11_434, lmStudio: 1234, llamacpp: 8012 }

async function serverAt(
  port: number,
  script: Parameters<typeof startServer>[0],
): Promise<ScriptedServer | null> {
  try {
    return await startServer(script, port)
  } catch {
    return null
  }
}

suite('connecting the servers of this machine', () => {
  const opened = useSampleEditor()
  let server: ScriptedServer | null = null
  let llama: LlamaServer | undefined
  teardown(async () => {
    await server?.close()
    server = null
    await llama?.stop()
    llama = undefined
  })

  const widget = (): Locator => opened.editor.page.locator('.quick-input-widget')
  const row = (label: string): Locator =>
    widget().locator('.monaco-list-row', { hasText: label }).first()
  const key = (name: string): Promise<void> => opened.editor.page.keyboard.press(name)

  async function choose(label: string): Promise<void> {
    await row(label).waitFor()
    await row(label).click()
  }

  /** Starts the command, and chooses a server. Returns what the list says of it. */
  async function connect(title: string): Promise<string> {
    // A server has 300 ms to respond. On a busy machine, it may be found the next time.
    await until(`${title} in the list`, async () => {
      await key('F1')
      await widget().locator('input.input').fill('>Infill: Connect a Model…')
      await row('Infill: Connect a Model…').waitFor()
      await key('Enter')
      await row('Other URL…').waitFor()
      if ((await row(title).count()) > 0) return true
      await key('Escape')
      return undefined
    })
    const said = await row(title).innerText()
    await choose(title)
    return said
  }

  /** Saves for all workspaces, and completes with the connection. */
  async function saveAndComplete(): Promise<string> {
    await choose('Save for all workspaces')
    await widget().waitFor({ state: 'hidden' })
    await opened.editor.page.keyboard.press('ControlOrMeta+1')
    const end = await completed(opened.editor, () => key(defaultKey('infill.complete')))
    await undo(opened.editor)
    return end
  }

  test('Ollama, with the model that fills in the middle first', async function () {
    server = await serverAt(PORTS.ollama, ollama)
    if (server === null) this.skip()
    match(await connect('Ollama'), /127\.0\.0\.1:11434/)
    await row('mine').waitFor()
    match(
      await widget().locator('.monaco-list-row').first().innerText(),
      /mine[^]*fills in the middle/,
    )
    await choose('mine')
    await row('Save for all workspaces').waitFor()
    match(await saveAndComplete(), /tokens/)
    ok(server.requests.some(({ path }) => path === '/v1/completions'))
  })

  test('LM Studio, with the template of the model', async function () {
    server = await serverAt(PORTS.lmStudio, lmStudio)
    if (server === null) this.skip()
    await connect('LM Studio')
    // Its only model for completions is tested at once.
    await row('Save for all workspaces').waitFor()
    match(await widget().innerText(), /qwen2\.5-coder-7b/)
    match(await saveAndComplete(), /tokens/)
    const [last] = server.requests.slice(-1).map(({ body }) => body as { prompt: string })
    match(last?.prompt ?? '', /<\|fim_prefix\|>[^]*<\|fim_suffix\|>/)
  })

  test('a llama-server that loads its model: said in words, and tried again', async function () {
    let answer: Answer = {
      ...json({ error: { code: 503, message: 'Loading model' } }, 503),
      headers: { 'content-type': 'application/json', server: 'llama.cpp' },
    }
    server = await serverAt(PORTS.llamacpp, (request) =>
      answer.status === 503 ? answer : lmStudio(request),
    )
    if (server === null) this.skip()
    match(await connect('llama.cpp'), /loading its model/)
    await row('Try again').waitFor()
    match(await widget().innerText(), /loading its model/)
    answer = json({})
    await choose('Try again')
    await row('Save for all workspaces').waitFor()
    await key('Escape')
  })

  test('a real llama-server', async function () {
    this.timeout(120_000)
    // `npm run live` says what is missing.
    if (typeof findLlama() === 'string') this.skip()
    llama = await startLlama({ port: PORTS.llamacpp })
    await llama.ready()
    await connect('llama.cpp')
    await row('Save for all workspaces').waitFor({ timeout: 60_000 })
    match(await widget().innerText(), /first token after \d+ ms/)
    match(await widget().innerText(), /own field/)
    match(await saveAndComplete(), /tokens/)
  })
})
