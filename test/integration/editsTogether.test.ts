import assert from 'node:assert/strict'
import {
  commands,
  Selection,
  workspace,
  WorkspaceEdit,
  type TextDocument,
  type TextEditor,
} from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { until, type Answer } from '../support/sseServer.ts'
import { useFiles } from './files.ts'
import { complete, gate, openText, untilText, useServer, useSettings } from './support.ts'

/** A response of `1`, and of ` +` and ` 2` when `sendRest` is called */
function inThree(): { answer: Answer; sendRest: () => void } {
  const rest = gate()
  const answer = stream(text('1'), until(rest.opened), text(' +'), text(' 2'), STOP, DONE)
  return { answer, sendRest: rest.open }
}

/** Types a line break with the keyboard, so that VS Code indents the new line. */
async function typeEnter(): Promise<void> {
  await commands.executeCommand('type', { text: '\n' })
}

function moveTo(editor: TextEditor, place: string): void {
  const position = editor.document.positionAt(
    editor.document.getText().indexOf(place) + place.length,
  )
  editor.selection = new Selection(position, position)
}

suite('changes of VS Code in the same event as ours', () => {
  const serve = useServer()
  const files = useFiles()
  const set = useSettings()

  /** Opens a file whose cursor is at the end of a line, and types a line break there. */
  async function indented(drawing: string, eol: '\n' | '\r\n' = '\n'): Promise<TextEditor> {
    const editor = await files.open('a.js', drawing.replaceAll('\n', eol))
    await typeEnter()
    await untilText(editor.document, (all) => /\{\r?\n +\r?\n/.test(all))
    return editor
  }

  async function run(document: TextDocument): Promise<void> {
    const { answer, sendRest } = inThree()
    await serve(answer)
    const running = complete()
    await untilText(document, (all) => all.includes('1'))
    sendRest()
    await running
  }

  for (const [name, eol] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    test(`white space that is trimmed above does not end the run: ${name}`, async () => {
      const editor = await indented('function f() {|\n}\nconst x = ;\n', eol)
      moveTo(editor, 'const x = ')
      await run(editor.document)
      const expected = 'function f() {\n\n}\nconst x = 1 + 2;\n'
      assert.equal(editor.document.getText().replaceAll('\r\n', '\n'), expected)
      await commands.executeCommand('undo')
      assert.match(editor.document.getText(), /const x = ;/)
    })
  }

  test('white space that is trimmed below does not end the run', async () => {
    const editor = await indented('const x = ;\nfunction f() {|\n}\n')
    moveTo(editor, 'const x = ')
    await run(editor.document)
    assert.equal(editor.document.getText(), 'const x = 1 + 2;\nfunction f() {\n\n}\n')
  })

  test('with several cursors, each completion is inserted', async () => {
    const editor = await indented('const x = ;\nfunction f() {|\n}\nconst y = ;\n')
    const { document } = editor
    editor.selections = ['const x = ', 'const y = '].map((place) => {
      const position = document.positionAt(document.getText().indexOf(place) + place.length)
      return new Selection(position, position)
    })
    await serve([
      stream(text('1'), text(' + 2'), STOP, DONE),
      stream(text('1'), text(' + 2'), STOP, DONE),
    ])
    await complete()
    // With several cursors VS Code trims nothing.
    assert.match(document.getText(), /^const x = 1 \+ 2;\n[^]*\nconst y = 1 \+ 2;\n$/)
  })

  test('a selection is replaced', async () => {
    const editor = await indented('function f() {|\n}\nconst x = old;\n')
    const { document } = editor
    const start = document.getText().indexOf('old')
    editor.selection = new Selection(document.positionAt(start), document.positionAt(start + 3))
    await run(document)
    assert.equal(document.getText(), 'function f() {\n\n}\nconst x = 1 + 2;\n')
  })

  test('a save that trims white space does not end the run', async () => {
    await set('files.trimTrailingWhitespace', true)
    const editor = await files.open('a.js', 'a   \nconst x = |;\nb   \n')
    const { answer, sendRest } = inThree()
    await serve(answer)
    const running = complete()
    await untilText(editor.document, (all) => all.includes('1'))
    assert.ok(await editor.document.save())
    sendRest()
    await running
    assert.equal(editor.document.getText(), 'a\nconst x = 1 + 2;\nb\n')
  })

  test('an edit of another extension above and below does not end the run', async () => {
    const editor = await openText('a\nconst x = |;\nb\n')
    const { document } = editor
    const { answer, sendRest } = inThree()
    await serve(answer)
    const running = complete()
    await untilText(document, (all) => all.includes('1'))
    const edit = new WorkspaceEdit()
    edit.insert(document.uri, document.positionAt(0), 'first\n')
    edit.insert(document.uri, document.lineAt(2).range.start, 'last\n')
    assert.ok(await workspace.applyEdit(edit))
    sendRest()
    await running
    assert.equal(document.getText(), 'first\na\nconst x = 1 + 2;\nlast\nb\n')
  })
})
