import assert from 'node:assert/strict'
import { commands } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold, pause, until } from '../support/sseServer.ts'
import {
  complete,
  drawn,
  gate,
  inTwo,
  openText,
  undoEndsIt,
  untilText,
  useServer,
} from './support.ts'

suite('undo', () => {
  const serve = useServer()

  test('one undo removes the whole insertion, but not what was typed before', async () => {
    const pieces = ['a', ' b\n', 'c', ' d'].flatMap((piece) => [text(piece), pause(30)])
    await serve(stream(...pieces, STOP, DONE))
    const editor = await openText('x = |;')
    await commands.executeCommand('type', { text: 'f' })
    await commands.executeCommand('type', { text: 'o' })
    const typed = drawn(editor)
    await complete()
    const completed = drawn(editor)
    assert.match(completed, /a b\nc d\|/)
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), typed)
    await commands.executeCommand('redo')
    assert.equal(drawn(editor), completed)
    await commands.executeCommand('undo')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'x = ;')
  })

  test('text typed afterwards is a separate undo step', async () => {
    await serve(stream(text('abc'), STOP, DONE))
    const editor = await openText('(|)')
    await complete()
    await commands.executeCommand('type', { text: 'd' })
    assert.equal(drawn(editor), '(abcd|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(abc|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(|)')
  })

  test('undo during the stream cancels the request and restores the document', async () => {
    const server = await serve(stream(text('abc'), hold))
    const editor = await openText('([old])')
    await undoEndsIt(editor, server)
  })

  test('undo while text keeps arriving cancels the request', async () => {
    const more = Array.from({ length: 400 }, () => [text('x'), pause(2)]).flat()
    const server = await serve(stream(...more, STOP, DONE))
    const editor = await openText('(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('xxxx'))
    await commands.executeCommand('undo')
    await run
    await (
      await server.received()
    ).closed
    assert.equal(drawn(editor), '(|)')
  })

  test('undo of an edit elsewhere does not end the stream', async () => {
    const go = gate()
    const server = await serve(stream(until(go.opened), text('abc'), STOP, DONE))
    const editor = await openText('top\n(|)')
    const run = complete()
    await server.received()
    await editor.edit((edit) => edit.insert(editor.document.positionAt(0), 'new '))
    await commands.executeCommand('undo')
    go.open()
    await run
    assert.equal(drawn(editor), 'top\n(abc|)')
  })

  test('text that the user types elsewhere during the stream is a separate undo step', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await openText('(|)\nnext')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await commands.executeCommand('cursorBottom')
    await commands.executeCommand('type', { text: '!' })
    sendSecond()
    await run
    const seen = [drawn(editor)]
    for (let undos = 0; undos < 3; undos++) {
      await commands.executeCommand('undo')
      seen.push(editor.document.getText())
    }
    assert.deepEqual(seen, ['(one two)\nnext!|', '(one)\nnext!', '(one)\nnext', '()\nnext'])
  })
})
