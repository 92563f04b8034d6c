import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultKey } from '../launcher/keys.ts'
import { openEditor, type Editor } from '../launcher/open.ts'
import { root } from '../launcher/paths.ts'
import { until } from '../launcher/run.ts'
import { completed, openFile, statusItem, undo } from '../launcher/user.ts'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { startServer, type ScriptedServer } from '../support/sseServer.ts'

const order = (name: string): string => `export interface ${name} {
  customer: number
  placed: Date
}

export function parse${name}(line: string): ${name} {
  const [customer, placed] = line.split(';')
  return { customer: Number(customer), placed: new Date(placed) }
}
`

/** The names of the marks tell which files were sent. */
const files = {
  'main.ts': `import { parseOrder } from './orders'\nimport { parseCustomer } from './customers'\n\nfunction readOrders(lines: string[]): Order[] {\n  return lines.map((line) => parseOrder(line))\n}\n\nconst customer = parseCustomer(\n`,
  'orders.ts': order('Order'),
  'customers.ts': order('Order').replaceAll('Order', 'Customer'),
  'ignored/old.ts': order('OrderIgnored'),
  'hidden.ts': order('OrderHidden'),
  'secret.ts': `${order('OrderSecret')}const token = 'ghp_${'a1B2c3D4e5'.repeat(3)}f6G7h8'\n`,
  '.gitignore': 'ignored/\n',
  'tsconfig.json': '{}\n',
}

/** An extension that knows where functions are defined: the editor of the tests has none for a language. */
const DEFINITIONS = `const { languages, workspace, Location, Position } = require('vscode')
exports.activate = () => languages.registerDefinitionProvider('typescript', {
  async provideDefinition(document, position) {
    const name = document.getText(document.getWordRangeAtPosition(position))
    for (const uri of await workspace.findFiles('**/*.ts')) {
      const lines = new TextDecoder().decode(await workspace.fs.readFile(uri)).split('\\n')
      const line = lines.findIndex((each) => each.startsWith('export function ' + name + '('))
      if (line !== -1) return new Location(uri, new Position(line, 16))
    }
  },
})
`

/** A folder with Infill and that extension */
async function extensionsIn(folder: string): Promise<void> {
  const own = join(folder, 'definitions')
  await mkdir(own, { recursive: true })
  await symlink(root, join(folder, 'infill'))
  const manifest = {
    name: 'definitions',
    publisher: 'infill-test',
    version: '1.0.0',
    engines: { vscode: '^1.125.0' },
    main: './extension.js',
    activationEvents: ['onLanguage:typescript'],
  }
  await writeFile(join(own, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(own, 'extension.js'), DEFINITIONS)
}

suite('context from the project', () => {
  let folder: string
  let extension: string
  let editor: Editor
  let server: ScriptedServer

  suiteSetup(async function () {
    this.timeout(300_000)
    folder = await mkdtemp(join(tmpdir(), 'infill-project-'))
    await mkdir(join(folder, 'ignored'))
    for (const [name, content] of Object.entries(files))
      await writeFile(join(folder, name), content)
    extension = await mkdtemp(join(tmpdir(), 'infill-extensions-'))
    await extensionsIn(extension)
    server = await startServer(stream(text('line'), STOP, DONE))
    editor = await openEditor({
      workspace: folder,
      extension,
      settings: {
        'infill.endpoint': server.url.href,
        'infill.server': 'openai',
        'infill.model': 'qwen2.5-coder',
        'infill.suffix': 'template',
        'infill.exclude': ['hidden.ts'],
      },
    })
    for (const name of ['ignored/old.ts', 'hidden.ts', 'secret.ts', 'orders.ts']) {
      await openFile(editor, name)
      // The next one would take the place of a tab in preview.
      await editor.page.keyboard.press('ControlOrMeta+K')
      await editor.page.keyboard.press('Enter')
    }
    await openFile(editor, 'main.ts', { line: 8, column: 32 })
  })
  suiteTeardown(async () => {
    await editor?.close()
    await server?.close()
    for (const each of [folder, extension]) await rm(each, { recursive: true, force: true })
  })

  async function promptOf(): Promise<string> {
    await completed(editor, () => editor.page.keyboard.press(defaultKey('infill.complete')))
    await undo(editor)
    const body = server.requests.at(-1)?.body as { prompt: string }
    return body.prompt
  }

  /** The files in Qwen's format */
  const sent = (prompt: string): string[] =>
    [...prompt.matchAll(/<\|file_sep\|>(.*)\n/g)].map(([, path = '']) => path)

  test('has the similar parts of open files, in the format of the model, and no others', async () => {
    const prompt = await until('the open file', async () => {
      const found = await promptOf()
      return sent(found).includes('orders.ts') ? found : undefined
    })
    deepEqual(sent(prompt), ['orders.ts', 'main.ts'])
    match(
      prompt,
      /^<\|repo_name\|>infill-project-\w+\n<\|file_sep\|>orders\.ts\nexport interface Order /,
    )
    for (const mark of ['OrderIgnored', 'OrderHidden', 'OrderSecret', 'ghp_']) {
      ok(!prompt.includes(mark), mark)
    }
  })

  test('is listed in the tooltip', async () => {
    await completed(editor, () => editor.page.keyboard.press(defaultKey('infill.complete')))
    await undo(editor)
    await statusItem(editor).hover()
    const tooltip = editor.page.locator('.monaco-hover', { hasText: 'Other files' })
    await tooltip.waitFor()
    match(await tooltip.innerText(), /Other files\s+orders\.ts/)
    const pictures = join(root, 'out', 'journeys')
    await mkdir(pictures, { recursive: true })
    await editor.page.screenshot({ path: join(pictures, 'project.png') })
    await editor.page.mouse.move(400, 300)
  })

  test('has the definitions of what is used, also from files that are not open', async () => {
    await mkdir(join(folder, '.vscode'))
    await writeFile(
      join(folder, '.vscode', 'settings.json'),
      JSON.stringify({ 'infill.context.files': 'project' }),
    )
    const prompt = await until(
      'the definition',
      async () => {
        // Moving the cursor is what a user does: then files are read.
        await editor.page.keyboard.press('ArrowLeft')
        await editor.page.keyboard.press('ArrowRight')
        const found = await promptOf()
        return sent(found).includes('customers.ts') ? found : undefined
      },
      60_000,
    )
    ok(prompt.includes('export function parseCustomer'))
    ok(!prompt.includes('OrderIgnored'))
  })

  test('is nothing when it is off', async () => {
    await writeFile(
      join(folder, '.vscode', 'settings.json'),
      JSON.stringify({ 'infill.context.files': 'off' }),
    )
    const prompt = await until('nothing but the document', async () => {
      const found = await promptOf()
      return sent(found).length === 0 ? found : undefined
    })
    equal(prompt.indexOf('<|fim_prefix|>'), 0)
  })
})
