import assert from 'node:assert/strict'
import { commands, Selection, ViewColumn, window, type TextEditor } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold, until } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import { complete, drawn, gate, inTwo, openText, untilSo, untilText, useServer } from './support.ts'

suite('an insertion whose document moves between tabs', () => {
  const serve = useServer()
  const files = useFiles()

  /** A completion whose first half is in an editor, and a function that sends the second half */
  async function begin(drawing: string) {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', drawing)
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    return { editor, run, sendSecond }
  }

  const editorsOf = (uri: string): TextEditor[] =>
    window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri)

  async function split(editor: TextEditor): Promise<TextEditor> {
    await commands.executeCommand('workbench.action.splitEditorRight')
    const uri = editor.document.uri.toString()
    await untilSo(() => editorsOf(uri).length === 2)
    const other = editorsOf(uri).find((each) => each !== editor)
    assert.ok(other !== undefined)
    return other
  }

  test('is written through the editor of the command; the cursor of another editor stays', async () => {
    const { editor, run, sendSecond } = await begin('(|)\nnext')
    const other = await split(editor)
    other.selection = new Selection(1, 2, 1, 2)
    await untilSo(() => window.activeTextEditor === other)
    sendSecond()
    await run
    await untilSo(() => drawn(editor) === '(one two|)\nnext')
    assert.equal(drawn(other), '(one two)\nne|xt')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), '()\nnext')
  })

  test('is written through the editor of the command from the first piece', async () => {
    const go = gate()
    const server = await serve(stream(until(go.opened), text('one'), text(' two'), STOP, DONE))
    const editor = await files.open('a.txt', '([old])\nnext')
    const run = complete()
    await server.received()
    const other = await split(editor)
    other.selection = new Selection(1, 2, 1, 2)
    await untilSo(() => window.activeTextEditor === other)
    go.open()
    await run
    await untilSo(() => editor.document.getText() === '(one two)\nnext')
    assert.equal(drawn(editor), '(one two|)\nnext')
    assert.equal(drawn(other), '(one two)\nne|xt')
    await commands.executeCommand('workbench.action.focusFirstEditorGroup')
    await commands.executeCommand('undo')
    await untilSo(() => drawn(editor) === '([old])\nnext')
  })

  test('continues in the other editor when the editor of the command is closed', async () => {
    const { editor, run, sendSecond } = await begin('(|)\nnext')
    const other = await split(editor)
    other.selection = new Selection(1, 2, 1, 2)
    await commands.executeCommand('workbench.action.focusFirstEditorGroup')
    await commands.executeCommand('workbench.action.closeActiveEditor')
    await untilSo(() => !window.visibleTextEditors.includes(editor))
    sendSecond()
    await run
    assert.equal(drawn(other), '(one two)\nne|xt')
    // Undo applies to the active editor, which is another tab of the group if there is one.
    await window.showTextDocument(other.document, {
      viewColumn: other.viewColumn ?? ViewColumn.Active,
    })
    await commands.executeCommand('undo')
    await untilSo(() => !other.document.getText().includes('one'))
    assert.equal(other.document.getText(), '()\nnext')
  })

  test('continues when the editor is moved to another group', async () => {
    const { editor, run, sendSecond } = await begin('(|)')
    await openText('[other]')
    await window.showTextDocument(editor.document, ViewColumn.One)
    await commands.executeCommand('workbench.action.moveEditorToNextGroup')
    sendSecond()
    await run
    await untilSo(() => window.activeTextEditor?.document === editor.document)
    const moved = window.activeTextEditor
    assert.equal(moved?.document, editor.document)
    assert.notEqual(moved?.viewColumn, ViewColumn.One)
    assert.equal(drawn(moved), '(one two|)')
    await commands.executeCommand('undo')
    assert.equal(moved.document.getText(), '()')
  })

  test('continues after the document was hidden and shown again, also in another group', async () => {
    const { editor, run, sendSecond } = await begin('(|)')
    const other = await openText('[other]')
    await window.showTextDocument(editor.document, ViewColumn.One)
    await window.showTextDocument(other.document, ViewColumn.One)
    sendSecond()
    await window.showTextDocument(editor.document, ViewColumn.Two)
    await run
    assert.equal(editor.document.getText(), '(one two)')
    await window.showTextDocument(editor.document, ViewColumn.Two)
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), '()')
    assert.equal(other.document.getText(), 'other')
  })

  test('places the cursor after text that arrived while the document was hidden', async () => {
    const { editor, run, sendSecond } = await begin('([old])\nnext')
    await openText('[other]')
    sendSecond()
    const shown = await window.showTextDocument(editor.document)
    await run
    await untilSo(() => drawn(shown) === '(one two|)\nnext')
    await commands.executeCommand('undo')
    await untilSo(() => drawn(shown) === '([old])\nnext')
  })

  test('ends when a document is closed that was hidden before', async () => {
    const server = await serve(stream(text('one'), hold))
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await openText('[other]')
    await commands.executeCommand('workbench.action.previousEditor')
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor')
    await run
    await (
      await server.received()
    ).closed
    assert.equal(window.activeTextEditor?.document.getText(), 'other')
  })
})
