import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commands, ConfigurationTarget, Uri, window, workspace, type TextEditor } from 'vscode'
import { DONE, json, page, STOP, stream, text } from '../support/answers.ts'
import { cut, type Answer } from '../support/sseServer.ts'
import { complete, drawn, openText, setEndpoint, useServer } from './support.ts'

// The journeys check that each is reported in one sentence: no API reads a message.
suite('a run that cannot start changes nothing', () => {
  const serve = useServer()

  const answers: [what: string, answer: Answer][] = [
    ['an answer that is not JSON', page('{"choices": [', 200, 'application/json')],
    ['a web page', page('<html>Sign in</html>', 200, 'text/html')],
    ['no key', json({ error: { message: 'No API key' } }, 401)],
    ['an error of the server', json({ error: { message: 'Boom' } }, 500)],
    ['an error in the stream', stream('data: {"error":{"message":"Boom"}}\n\n', DONE)],
    ['a connection that breaks', stream(cut)],
  ]
  for (const [what, answer] of answers) {
    test(what, async () => {
      const server = await serve(answer)
      const editor = await openText('foo([old])')
      const { version } = editor.document
      await complete()
      assert.equal(server.requests.length, 1)
      assert.equal(drawn(editor), 'foo([old])')
      assert.equal(editor.document.version, version)
    })
  }

  test('an unreachable endpoint', async () => {
    const server = await serve(stream())
    await server.close()
    const editor = await openText('foo([old])')
    await complete()
    assert.equal(drawn(editor), 'foo([old])')
  })

  test('an endpoint that is not a URL', async () => {
    await setEndpoint('localhost:1234')
    const editor = await openText('foo([old])')
    await complete()
    assert.equal(drawn(editor), 'foo([old])')
  })

  test('no editor', async () => {
    const server = await serve(stream(text('x'), STOP, DONE))
    assert.equal(window.activeTextEditor, undefined)
    await complete()
    assert.equal(server.requests.length, 0)
  })

  const readonlyBy: [what: string, make: () => Promise<unknown>][] = [
    ['by files.readonlyInclude', () => setFiles('readonlyInclude', { '**/*.readonly.txt': true })],
    ['by its permissions', () => setFiles('readonlyFromPermissions', true)],
  ]
  for (const [what, make] of readonlyBy) {
    test(`a file that is read-only ${what}: nothing is sent`, async () => {
      const server = await serve(stream(text('x'), STOP, DONE))
      await make()
      const editor = await openFile(0o444)
      await complete()
      assert.equal(server.requests.length, 0)
      assert.equal(editor.document.getText(), 'foo()')
    })
  }

  test('a file without write permission is edited, as in VS Code', async () => {
    await serve(stream(text('x'), STOP, DONE))
    const editor = await openFile(0o444)
    await complete()
    assert.equal(drawn(editor), 'x|foo()')
  })

  test('an editor that is read-only for the session', async () => {
    await serve(stream(text('x'), STOP, DONE))
    const editor = await openFile(0o644)
    await commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession')
    await complete()
    assert.equal(editor.document.getText(), 'foo()')
    assert.equal(editor.document.isDirty, false)
  })

  let folder: string | undefined

  async function openFile(mode: number): Promise<TextEditor> {
    folder = await mkdtemp(join(tmpdir(), 'infill-refusals-'))
    const file = join(folder, 'file.readonly.txt')
    await writeFile(file, 'foo()', { mode })
    return window.showTextDocument(await workspace.openTextDocument(Uri.file(file)))
  }

  teardown(async () => {
    await setFiles('readonlyInclude', undefined)
    await setFiles('readonlyFromPermissions', undefined)
    if (folder !== undefined) await rm(folder, { recursive: true })
    folder = undefined
  })
})

async function setFiles(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('files').update(name, value, ConfigurationTarget.Global)
}
