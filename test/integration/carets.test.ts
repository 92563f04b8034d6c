import assert from 'node:assert/strict'
import { commands, Position, Range, Selection, type TextEditor } from 'vscode'
import { DONE, json, STOP, stream, text } from '../support/answers.ts'
import { hold, until, type RecordedRequest } from '../support/sseServer.ts'
import { complete, gate, openText, untilText, useServer } from './support.ts'

suite('several cursors', () => {
  const serve = useServer()

  /** Places a cursor after each of these words. */
  async function openWithCarets(all: string, ...words: string[]): Promise<TextEditor> {
    const editor = await openText(`${all}|`)
    editor.selections = words.map((word) => {
      const at = editor.document.positionAt(all.indexOf(word) + word.length)
      return new Selection(at, at)
    })
    return editor
  }

  const promptOf = ({ body }: RecordedRequest): string =>
    String(Reflect.get(Object(body), 'prompt'))

  /**
   * The completion after a word: the same word again, in two pieces with a line end between them
   */
  const answerTo = (request: RecordedRequest) => {
    const word = /\w+$/.exec(promptOf(request))?.[0] ?? ''
    return stream(text(` ${word}\n`), text(word.toUpperCase()), STOP, DONE)
  }

  test('get one completion each, and one undo removes all of them', async () => {
    const server = await serve(answerTo)
    const before = 'one;\ntwo; three;\n'
    const editor = await openWithCarets(before, 'one', 'two', 'three')
    await complete()
    assert.equal(editor.document.getText(), 'one one\nONE;\ntwo two\nTWO; three three\nTHREE;\n')
    assert.equal(server.requests.length, 3)
    assert.deepEqual(
      editor.selections.map(({ active, isEmpty }) => [active.line, active.character, isEmpty]),
      [
        [1, 3, true],
        [3, 3, true],
        [4, 5, true],
      ],
    )
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), before)
    assert.equal(editor.selections.length, 3)
    await commands.executeCommand('redo')
    assert.match(editor.document.getText(), /ONE.*TWO.*THREE/s)
  })

  test('selections are replaced', async () => {
    await serve(stream(text('x'), text('y'), STOP, DONE))
    const editor = await openText('a(old) b()\nc(older)|')
    editor.selections = [
      new Selection(0, 2, 0, 5),
      new Selection(0, 9, 0, 9),
      new Selection(1, 2, 1, 7),
    ]
    await complete()
    assert.equal(editor.document.getText(), 'a(xy) b(xy)\nc(xy)')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'a(old) b()\nc(older)')
  })

  test('at most six requests run at once', async () => {
    const go = gate()
    let running = 0
    let most = 0
    const server = await serve(() => {
      most = Math.max(most, ++running)
      const finish = async () => {
        await go.opened
        running--
      }
      return stream(finish, text('!'), STOP, DONE)
    })
    const words = ['a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'h8']
    const editor = await openWithCarets(words.join('\n'), ...words)
    const run = complete()
    await server.received(5)
    go.open()
    await run
    assert.equal(server.requests.length, 8)
    assert.equal(most, 6)
    assert.equal(editor.document.getText(), words.map((word) => `${word}!`).join('\n'))
  })

  test('an edit at one cursor does not stop the others', async () => {
    const go = gate()
    const server = await serve((request) =>
      promptOf(request).endsWith('one')
        ? stream(text('-'), hold)
        : stream(text('-'), until(go.opened), text('end'), STOP, DONE),
    )
    const editor = await openWithCarets('one;\ntwo;', 'one', 'two')
    const run = complete()
    await untilText(editor.document, (all) => all === 'one-;\ntwo-;')
    await editor.edit((edit) =>
      edit.replace(new Range(new Position(0, 2), new Position(0, 4)), 'X'),
    )
    await server.requests.find((request) => promptOf(request).endsWith('one'))?.closed
    go.open()
    await run
    assert.equal(editor.document.getText(), 'onX;\ntwo-end;')
  })

  test('text that arrived is kept when one request fails', async () => {
    await serve((request) =>
      promptOf(request).endsWith('one')
        ? json({ error: { message: 'No' } }, 400)
        : stream(text('!'), STOP, DONE),
    )
    const editor = await openWithCarets('one\ntwo', 'one', 'two')
    await complete()
    assert.equal(editor.document.getText(), 'one\ntwo!')
  })
})
