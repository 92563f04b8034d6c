import assert from 'node:assert/strict'
import { commands, Position, Range, window, workspace, WorkspaceEdit } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold, until } from '../support/sseServer.ts'
import { closeAll, complete, drawn, gate, openText, untilText, useServer } from './support.ts'

suite('the place of an insertion', () => {
  const serve = useServer()

  /** A server that sends `one`, waits for the gate, and sends ` two`. */
  async function serveInTwo(): Promise<() => void> {
    const second = gate()
    await serve(stream(text('one'), until(second.opened), text(' two'), STOP, DONE))
    return second.open
  }

  test('follows edits above, before and below it', async () => {
    const sendSecond = await serveInTwo()
    const editor = await openText('top\nx(|)\nbottom')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    const edit = new WorkspaceEdit()
    edit.insert(editor.document.uri, new Position(0, 0), 'new\n')
    edit.insert(editor.document.uri, new Position(1, 0), '  ')
    edit.delete(editor.document.uri, new Range(2, 0, 2, 6))
    assert.ok(await workspace.applyEdit(edit))
    sendSecond()
    await run
    assert.equal(drawn(editor), 'new\ntop\n  x(one two|)\n')
  })

  test('accepts no more text after the user edits within it', async () => {
    const server = await serve(stream(text('one'), hold))
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await editor.edit((edit) => edit.insert(new Position(0, 2), 'X'))
    await run
    await (
      await server.received()
    ).closed
    assert.equal(editor.document.getText(), '(oXne)')
  })

  test('accepts no more text after the user types where it is being written', async () => {
    const server = await serve(stream(text('one'), hold))
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await commands.executeCommand('type', { text: '!' })
    await run
    await (
      await server.received()
    ).closed
    assert.equal(drawn(editor), '(one!|)')
  })

  test('stays in the document of the command when another tab is active', async () => {
    const sendSecond = await serveInTwo()
    const first = await openText('(|)')
    const run = complete()
    await untilText(first.document, (all) => all.includes('one'))
    const second = await openText('[other]')
    sendSecond()
    // The first document is hidden, so its text waits until it is shown again.
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.equal(second.document.getText(), 'other')
    const shown = await window.showTextDocument(first.document)
    await run
    assert.equal(shown.document.getText(), '(one two)')
    assert.equal(second.document.getText(), 'other')
    await commands.executeCommand('undo')
    assert.equal(shown.document.getText(), '()')
  })

  test('does not move a cursor that the user has placed elsewhere', async () => {
    const sendSecond = await serveInTwo()
    const editor = await openText('(|)\nnext')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await commands.executeCommand('cursorBottom')
    sendSecond()
    await run
    assert.equal(drawn(editor), '(one two)\nnext|')
  })

  test('ends with its document: closing it cancels the request', async () => {
    const server = await serve(stream(text('one'), hold))
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await closeAll()
    await run
    await (
      await server.received()
    ).closed
  })
})
