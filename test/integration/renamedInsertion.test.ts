import assert from 'node:assert/strict'
import { commands, window, workspace, WorkspaceEdit, type TextEditor, type Uri } from 'vscode'
import { DONE, stream, text } from '../support/answers.ts'
import { useFiles } from './files.ts'
import { preview, send } from './previewed.ts'
import { complete, configure, openText, untilSo, useServer } from './support.ts'

suite('after a file is renamed', () => {
  const serve = useServer()
  const files = useFiles()
  teardown(() => configure({ n: undefined }))

  /** Renames a file in VS Code and returns the editor that shows it under its new name. */
  async function rename(from: Uri, name: string): Promise<TextEditor> {
    const edit = new WorkspaceEdit()
    edit.renameFile(from, files.uri(name))
    assert.ok(await workspace.applyEdit(edit))
    const isShown = () =>
      window.activeTextEditor?.document.uri.toString() === files.uri(name).toString()
    await untilSo(isShown)
    const editor = window.activeTextEditor
    assert.ok(editor !== undefined)
    return editor
  }

  test('Regenerate replaces the last insertion', async () => {
    await serve([stream(text('one', 'stop'), DONE), stream(text('two', 'stop'), DONE)])
    const { document } = await files.open('old.txt', 'a(|)\nb')
    await complete()
    const editor = await rename(document.uri, 'new.txt')
    assert.notEqual(editor.document, document)
    await commands.executeCommand('infill.regenerate')
    assert.equal(editor.document.getText(), 'a(two)\nb')
  })

  test('alternatives and Continue Generating work', async () => {
    await serve([
      stream(text('one', 'length'), text('uno', 'length', 1), DONE),
      stream(text(' more', 'stop'), DONE),
    ])
    await configure({ n: 2 })
    const { document } = await files.open('old.txt', 'a(|)\nb')
    await complete()
    const editor = await rename(document.uri, 'new.py')
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(editor.document.getText(), 'a(uno)\nb')
    await commands.executeCommand('infill.continue')
    assert.equal(editor.document.getText(), 'a(uno more)\nb')
  })

  test('an edit before the last insertion moves it', async () => {
    await serve([stream(text('one', 'stop'), DONE), stream(text('two', 'stop'), DONE)])
    const { document } = await files.open('old.txt', 'a(|)\nb')
    await complete()
    const editor = await rename(document.uri, 'new.txt')
    await editor.edit((edit) => edit.insert(editor.document.positionAt(0), 'first\n'))
    await commands.executeCommand('infill.regenerate')
    assert.equal(editor.document.getText(), 'first\na(two)\nb')
  })

  test('the response to a previewed request is inserted', async () => {
    await serve(stream(text('one', 'stop'), DONE))
    const { document } = await files.open('old.txt', 'a([old])\nb')
    const request = await preview()
    await send(request)
    await window.showTextDocument(document)
    await rename(document.uri, 'new.txt')
    await openText('other|')
    await commands.executeCommand('infill.insertAnswer', request.uri)
    const editor = window.activeTextEditor
    assert.equal(editor?.document.uri.toString(), files.uri('new.txt').toString())
    assert.equal(editor.document.getText(), 'a(one)\nb')
  })
})
