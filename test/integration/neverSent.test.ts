import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands, env, Uri, window, workspace, type TextEditor } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import type { ScriptedServer } from '../support/sseServer.ts'
import { complete, configure, drawn, openText, useServer } from './support.ts'

suite('excluded documents', () => {
  const serve = useServer()
  let server: ScriptedServer
  let folder: string

  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'infill-never-'))
    server = await serve(stream(text('x'), STOP, DONE))
  })
  teardown(async () => {
    await configure({ exclude: undefined })
    await rm(folder, { recursive: true })
  })

  async function open(name: string): Promise<TextEditor> {
    const file = join(folder, name)
    await writeFile(file, 'TOKEN=')
    return window.showTextDocument(await workspace.openTextDocument(Uri.file(file)))
  }

  async function isRefused(editor: TextEditor): Promise<void> {
    const { version } = editor.document
    await env.clipboard.writeText('as before')
    await complete()
    await commands.executeCommand('infill.previewRequest')
    await commands.executeCommand('infill.copyAsCurl')
    assert.equal(server.requests.length, 0)
    assert.equal(editor.document.version, version)
    assert.equal(window.activeTextEditor, editor)
    assert.equal(await env.clipboard.readText(), 'as before')
  }

  test('a file whose name indicates secrets is not sent', async () => isRefused(await open('.env')))

  test('a file that matches infill.exclude is not sent', async () => {
    const editor = await open('plain.txt')
    await configure({ exclude: ['**/other/**', '**/plain.*'] })
    await isRefused(editor)
    await configure({ exclude: ['**/other/**'] })
    await complete()
    assert.equal(server.requests.length, 1)
  })

  test('a private key in an untitled document is not sent', async () => {
    await isRefused(await openText(`-----BEGIN PRIVATE KEY-----\nMIIE(|)\n`))
  })

  test('a token or a password in an untitled document is not sent', async () => {
    const token = ['ghp_', 'q7ZrT2vX9mKd4LwPbN', '8sYcH3JfGa6tEuR5oQ'].join('')
    await isRefused(await openText(`const token = '${token.slice(0, 20)}|${token.slice(20)}'\n`))
    const password = ['kT7', '-mvQ2', 'xLp'].join('')
    await isRefused(await openText(`a|\nurl = 'postgres://app:${password}@db.acme.io/app'\n`))
  })

  test('files of other tools whose names indicate secrets are not sent', async () => {
    for (const name of ['.yarnrc.yml', 'wp-config.php', 'local.settings.json', 'wg0.conf']) {
      await isRefused(await open(name))
    }
  })

  test('a placeholder of a token is sent', async () => {
    await openText(`token = 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'\n|`)
    await complete()
    assert.equal(server.requests.length, 1)
  })

  test('a document is sent once when the user allows it', async () => {
    const editor = await open('.env')
    await commands.executeCommand('infill.complete', { allow: editor.document.uri.toString() })
    assert.equal(server.requests.length, 1)
    assert.equal(drawn(editor), 'x|TOKEN=')
    await complete()
    assert.equal(server.requests.length, 1)
  })

  test('allowing one file does not allow another', async () => {
    const other = await open('.env')
    const editor = await open('.env.local')
    await commands.executeCommand('infill.complete', { allow: other.document.uri.toString() })
    assert.equal(server.requests.length, 0)
    assert.equal(editor.document.getText(), 'TOKEN=')
  })

  test('an example of such a file is sent', async () => {
    await open('.env.example')
    await complete()
    assert.equal(server.requests.length, 1)
  })
})
