import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { commands, languages, window, workspace, WorkspaceEdit, type Uri } from 'vscode'
import { text, stream } from '../support/answers.ts'
import { hold, until } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import { complete, drawn, gate, inTwo, openText, untilSo, untilText, useServer } from './support.ts'

suite('an insertion whose document is renamed', () => {
  const serve = useServer()
  const files = useFiles()

  async function rename(from: Uri, to: Uri): Promise<void> {
    const edit = new WorkspaceEdit()
    edit.renameFile(from, to)
    assert.ok(await workspace.applyEdit(edit))
  }

  const shows = (uri: Uri): boolean =>
    window.activeTextEditor?.document.uri.toString() === uri.toString()

  test('continues when the language changes, which VS Code reports as a close', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.equal(await languages.setTextDocumentLanguage(editor.document, 'json'), editor.document)
    sendSecond()
    await run
    assert.equal(drawn(editor), '(one two|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(|)')
  })

  for (const name of ['new.txt', 'new.py']) {
    test(`continues when the file is renamed to ${name}`, async () => {
      const { answer, sendSecond } = inTwo()
      await serve(answer)
      const { document } = await files.open('old.txt', '(|)')
      const run = complete()
      await untilText(document, (all) => all.includes('one'))
      await rename(document.uri, files.uri(name))
      await untilSo(() => shows(files.uri(name)))
      sendSecond()
      await run
      const editor = window.activeTextEditor
      assert.ok(editor !== undefined && editor.document !== document)
      assert.equal(drawn(editor), '(one two|)')
      // Text that arrives after the rename is a separate undo step; the next step is the rename.
      await commands.executeCommand('undo')
      assert.equal(editor.document.getText(), '(one)')
    })
  }

  test('continues when the folder is renamed', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    await mkdir(files.uri('old').fsPath)
    const { document } = await files.open('old/a.txt', '(|)')
    const run = complete()
    await untilText(document, (all) => all.includes('one'))
    await rename(files.uri('old'), files.uri('new'))
    await untilSo(() => shows(files.uri('new/a.txt')))
    sendSecond()
    await run
    assert.equal(window.activeTextEditor?.document.getText(), '(one two)')
  })

  test('continues when the file is renamed before the first token', async () => {
    const { answer, sendSecond } = inTwo()
    sendSecond()
    const begin = gate()
    const server = await serve({ ...answer, before: [until(begin.opened)] })
    const { document } = await files.open('old.txt', '([old])')
    const run = complete()
    await server.received()
    await rename(document.uri, files.uri('new.txt'))
    await untilSo(() => shows(files.uri('new.txt')))
    begin.open()
    await run
    assert.equal(window.activeTextEditor?.document.getText(), '(one two)')
  })

  test('continues in a file that is renamed while it is hidden', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const { document } = await files.open('old.txt', '(|)')
    const run = complete()
    await untilText(document, (all) => all.includes('one'))
    assert.ok(await document.save())
    const other = await openText('[other]')
    await rename(document.uri, files.uri('new.txt'))
    sendSecond()
    const shown = await window.showTextDocument(files.uri('new.txt'))
    await run
    assert.equal(shown.document.getText(), '(one two)')
    assert.equal(other.document.getText(), 'other')
  })

  test('ends when the file is moved outside VS Code; the text so far is in the file', async () => {
    const server = await serve(stream(text('one'), hold))
    await writeFile(files.uri('old.txt').fsPath, '')
    // A document that the test opens itself would stay open.
    await commands.executeCommand('vscode.open', files.uri('old.txt'))
    await untilSo(() => shows(files.uri('old.txt')))
    const document = window.activeTextEditor?.document
    assert.ok(document !== undefined)
    const run = complete()
    await untilText(document, (all) => all === 'one')
    assert.ok(await document.save())
    await workspace.fs.rename(document.uri, files.uri('new.txt'))
    await run
    await (
      await server.received()
    ).closed
    await untilSo(() => shows(files.uri('new.txt')))
    assert.equal(window.activeTextEditor?.document.getText(), 'one')
  })

  test('ends when an untitled document is saved as a file; the text so far is in the file', async () => {
    const server = await serve(stream(text('one'), hold))
    const untitled = files.uri('new.txt').with({ scheme: 'untitled' })
    const document = await workspace.openTextDocument(untitled)
    await window.showTextDocument(document, { preview: false })
    const run = complete()
    await untilText(document, (all) => all.includes('one'))
    await workspace.save(untitled)
    await run
    await (
      await server.received()
    ).closed
    const file = await workspace.openTextDocument(files.uri('new.txt'))
    assert.equal(file.getText(), 'one')
  })
})
