import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import {
  commands,
  languages,
  Position,
  Range,
  TextEdit,
  workspace,
  type TextDocument,
} from 'vscode'
import { stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import {
  complete,
  drawn,
  inTwo,
  untilText,
  useDisposables,
  useServer,
  useSettings,
} from './support.ts'

suite('an insertion whose document is saved', () => {
  const serve = useServer()
  const files = useFiles()
  const set = useSettings()
  const register = useDisposables()

  /** A formatter that runs at each save and makes these edits */
  async function formatWith(edits: (document: TextDocument) => TextEdit[]): Promise<void> {
    await set('editor.formatOnSave', true)
    register(
      languages.registerDocumentFormattingEditProvider('plaintext', {
        provideDocumentFormattingEdits: edits,
      }),
    )
  }

  test('continues at its place after a save', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', '(|)')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    assert.equal(await readFile(editor.document.uri.fsPath, 'utf8'), '(one)')
    sendSecond()
    await run
    assert.equal(drawn(editor), '(one two|)')
    assert.ok(editor.document.isDirty)
    // VS Code ends an undo step at each save, so undo stops at the saved state.
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(one|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), '(|)')
  })

  test('follows a formatter that edits above, beside and below it', async () => {
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', 'top\nx(|);y\nbottom')
    await formatWith(() => [
      TextEdit.insert(new Position(0, 0), 'new\n'),
      TextEdit.insert(new Position(1, 0), '  '),
      TextEdit.replace(new Range(1, 6, 1, 7), ' ; '),
      TextEdit.delete(new Range(2, 0, 2, 3)),
    ])
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    assert.equal(editor.document.getText(), 'new\ntop\n  x(one) ; y\ntom')
    sendSecond()
    await run
    assert.equal(drawn(editor), 'new\ntop\n  x(one two|) ; y\ntom')
  })

  test('accepts no more text when the formatter edits within it', async () => {
    const server = await serve(stream(text('one'), hold))
    const editor = await files.open('a.txt', '(|)')
    await formatWith(() => [TextEdit.replace(new Range(0, 2, 0, 3), 'NN')])
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    await run
    await (
      await server.received()
    ).closed
    assert.equal(editor.document.getText(), '(oNNe)')
  })

  test('continues when white space is trimmed and a final newline is added by a save', async () => {
    await set('files.trimTrailingWhitespace', true)
    await set('files.insertFinalNewline', true)
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', 'top  \n(|)\nbottom  ')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    assert.equal(editor.document.getText(), 'top\n(one)\nbottom\n')
    sendSecond()
    await run
    assert.equal(drawn(editor), 'top\n(one two|)\nbottom\n')
  })

  test('accepts no more text when a newline is added exactly at its end', async () => {
    await set('files.insertFinalNewline', true)
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', 'x|')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    assert.equal(editor.document.getText(), 'xone\n')
    sendSecond()
    await run
    assert.equal(editor.document.getText(), 'xone\n')
  })

  test('follows edits of another extension before a save', async () => {
    register(
      workspace.onWillSaveTextDocument((event) => {
        event.waitUntil(Promise.resolve([TextEdit.insert(new Position(0, 0), '// saved\n')]))
      }),
    )
    const { answer, sendSecond } = inTwo()
    await serve(answer)
    const editor = await files.open('a.txt', '([old])')
    const run = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    assert.ok(await editor.document.save())
    sendSecond()
    await run
    assert.equal(drawn(editor), '// saved\n(one two|)')
  })
})
