import assert from 'node:assert/strict'
import {
  commands,
  EndOfLine,
  languages,
  Range,
  Selection,
  TextEdit,
  window,
  type TextEditor,
} from 'vscode'
import { DONE, event, STOP, stream, text } from '../support/answers.ts'
import { until, type ScriptedServer } from '../support/sseServer.ts'
import {
  closeAll,
  drawn,
  gate,
  openText,
  useDisposables,
  useServer,
  useSettings,
} from './support.ts'

/** Accepts what is suggested as soon as VS Code shows it: `commit`, `acceptNextWord`, … */
async function accept(editor: TextEditor, how: string): Promise<void> {
  const { version } = editor.document
  while (editor.document.version === version) {
    await commands.executeCommand(how)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const ALL = 'editor.action.inlineSuggest.commit'
const WORD = 'editor.action.inlineSuggest.acceptNextWord'
const LINE = 'editor.action.inlineSuggest.acceptNextLine'

/** A response of two choices */
const TWO = stream(
  event({ choices: [{ index: 0, text: 'one', finish_reason: 'stop' }] }),
  event({ choices: [{ index: 1, text: 'two', finish_reason: 'stop' }] }),
  DONE,
)

suite('a suggestion', () => {
  const start = useServer()
  let server: ScriptedServer
  const serve = async (script: Parameters<typeof start>[0]): Promise<ScriptedServer> => {
    server = await start(script)
    return server
  }

  /** Nothing tells when a suggestion is shown, but it is not before the request. */
  async function pause(): Promise<void> {
    await server.received()
    await new Promise((resolve) => setTimeout(resolve, 400))
  }

  const set = useSettings()
  const keep = useDisposables()
  let run: Thenable<unknown>
  const suggest = (): Thenable<unknown> => (run = commands.executeCommand('infill.suggest'))
  teardown(async () => {
    await commands.executeCommand('infill.cancel')
    await run
  })

  test('changes nothing until it is accepted, and one undo removes it', async () => {
    await serve(stream(text('sum'), text('(items)'), STOP, DONE))
    const editor = await openText('total = |\n')
    void suggest()
    await pause()
    assert.equal(drawn(editor), 'total = |\n')
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sum(items)|\n')
    await run
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'total = |\n')
  })

  const type = (char: string): Thenable<unknown> => commands.executeCommand('type', { text: char })

  /** In a language whose brackets and quotes VS Code closes */
  async function openCode(drawing: string): Promise<TextEditor> {
    const editor = await openText(`total = ${drawing}\n`)
    await languages.setTextDocumentLanguage(editor.document, 'javascript')
    editor.options = { insertSpaces: true, tabSize: 2 }
    return editor
  }

  test('is accepted by word, and the rest is still suggested', async () => {
    await serve(stream(text('sum of all'), STOP, DONE))
    const editor = await openText('total = |\n')
    void suggest()
    await accept(editor, WORD)
    assert.equal(drawn(editor), 'total = sum|\n')
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sum of all|\n')
    await run
  })

  for (const eol of [EndOfLine.LF, EndOfLine.CRLF]) {
    test(`is accepted by line: ${EndOfLine[eol]}`, async () => {
      await serve(stream(text('a()\n  b()'), STOP, DONE))
      const editor = await openText('{\n  |\n}\n', eol === EndOfLine.LF ? '\n' : '\r\n')
      void suggest()
      await accept(editor, LINE)
      assert.match(drawn(editor), /^\{\n {2}a\(\)\n?\s*\|/)
      await accept(editor, ALL)
      assert.equal(drawn(editor), '{\n  a()\n  b()|\n}\n')
      await run
    })
  }

  test('of several lines is shown before text on the same line', async () => {
    await serve(stream(text('(a) => {\n  b()\n}'), STOP, DONE))
    const editor = await openText('map(|, 1)\n')
    void suggest()
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'map((a) => {\n  b()\n}|, 1)\n')
    await run
  })

  test('stays while it is typed', async () => {
    await serve(stream(text('sums'), STOP, DONE))
    const editor = await openText('total = |\n')
    void suggest()
    await pause()
    for (const char of 'sum') await type(char)
    assert.equal(drawn(editor), 'total = sum|\n')
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sums|\n')
    await run
  })

  for (const [typed, between, all] of [
    ['sum(', 'sum(|)', 'sum(items)'],
    ['sum(i', 'sum(i|)', 'sum(items)'],
    ['sum(', 'sum(|)', 'sum(items) + 1'],
    ['say("', 'say("|")', 'say("hi")'],
    ['at[f(', 'at[f(|)]', 'at[f(x)]'],
    ['() => {\n', '() => {\n  |\n}', '() => {\n  b()\n}'],
  ] as const) {
    test(`stays while ${JSON.stringify(typed)} is typed, and VS Code closes it: ${all}`, async () => {
      await serve(stream(text(all), STOP, DONE))
      const editor = await openCode('|')
      void suggest()
      await pause()
      for (const char of typed) await type(char)
      assert.equal(drawn(editor), `total = ${between}\n`)
      await accept(editor, ALL)
      assert.equal(editor.document.getText(), `total = ${all}\n`)
      await run
    })
  }

  test('is back after Backspace, and after the undo of a word', async () => {
    await serve(stream(text('sum(items)'), STOP, DONE))
    const editor = await openCode('|')
    void suggest()
    await pause()
    for (const char of 'sum(') await type(char)
    await commands.executeCommand('deleteLeft')
    assert.equal(drawn(editor), 'total = sum|\n')
    await commands.executeCommand('deleteLeft')
    assert.equal(drawn(editor), 'total = su|\n')
    await accept(editor, WORD)
    assert.equal(drawn(editor), 'total = sum|\n')
    await commands.executeCommand('undo')
    await accept(editor, ALL)
    assert.equal(editor.document.getText(), 'total = sum(items)\n')
    await run
  })

  test('is accepted when all of it was typed, also over what VS Code has closed', async () => {
    await set('infill.n', 2)
    await serve(stream(text('f(["a"])'), text('two', 'stop', 1), STOP, DONE))
    const editor = await openCode('|')
    void suggest()
    await pause()
    for (const char of 'f(["a"])') await type(char)
    await run
    assert.equal(drawn(editor), 'total = f(["a"])|\n')
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(drawn(editor), 'total = two|\n')
  })

  test('grows while its text arrives', async () => {
    const rest = gate()
    await serve(stream(text('sum'), until(rest.opened), text('(items)'), STOP, DONE))
    const editor = await openText('total = |\n')
    void suggest()
    await pause()
    rest.open()
    await pause()
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sum(items)|\n')
    await run
  })

  test('grows while it is typed, though what VS Code has closed has not arrived', async () => {
    const rest = gate()
    await serve(stream(text('sum(it'), until(rest.opened), text('ems)'), STOP, DONE))
    const editor = await openCode('|')
    void suggest()
    await pause()
    for (const char of 'sum(') await type(char)
    rest.open()
    await accept(editor, ALL)
    assert.equal(editor.document.getText(), 'total = sum(items)\n')
    await run
  })

  test('goes on behind the text that was accepted before it was whole', async () => {
    const rest = gate()
    await serve(stream(text('sum'), until(rest.opened), text('(items)'), STOP, DONE))
    const editor = await openText('total = |\n')
    void suggest()
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sum|\n')
    rest.open()
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'total = sum(items)|\n')
    await run
  })

  test('has the other choices', async () => {
    await set('infill.n', 2)
    await serve(TWO)
    const editor = await openText('|\n')
    void suggest()
    await pause()
    await commands.executeCommand('editor.action.inlineSuggest.showNext')
    await pause()
    await accept(editor, ALL)
    assert.equal(drawn(editor), 'two|\n')
    await run
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(drawn(editor), 'one|\n')
  })

  test('is formatted when all of it was accepted, in the same undo step', async () => {
    keep(
      languages.registerDocumentRangeFormattingEditProvider('plaintext', {
        provideDocumentRangeFormattingEdits: (document) => [
          TextEdit.replace(new Range(0, 0, 0, 20), document.lineAt(0).text.replaceAll('  ', ' ')),
        ],
      }),
    )
    await set('infill.n', 2)
    await set('infill.afterInsert', 'format')
    await set('editor.formatOnSave', true)
    await serve(stream(text('a  +  b'), text('two', 'stop', 1), STOP, DONE))
    const editor = await openText('total  = |\n')
    void suggest()
    await accept(editor, ALL)
    await run
    assert.equal(drawn(editor), 'total  = a + b|\n')
    await commands.executeCommand('infill.nextAlternative')
    assert.equal(drawn(editor), 'total  = two|\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'total  = a + b|\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'total  = |\n')
  })

  const endless = (): { answer: ReturnType<typeof stream>; open: () => void } => {
    const { opened, open } = gate()
    return { answer: stream(text('abc)'), until(opened), DONE), open }
  }
  for (const [name, act] of [
    ['it is cancelled', () => commands.executeCommand('infill.cancel')],
    ['a bracket is typed that is suggested later', () => type(')')],
    ['something else is typed', () => type('x')],
    ['the cursor is moved', () => commands.executeCommand('cursorUp')],
    ['the document is closed', () => closeAll()],
    ['another one is shown', () => openText('other|')],
  ] as const) {
    test(`is over, with its request, when ${name}`, async () => {
      const { answer, open } = endless()
      await serve(answer)
      const editor = await openText('a\n|b\n')
      void suggest()
      await pause()
      await act()
      await run
      const { closed } = await server.received()
      await closed
      open()
      const before = editor.document.getText()
      await commands.executeCommand(ALL)
      await pause()
      assert.equal(editor.document.getText(), before)
    })
  }

  test('is replaced by a completion', async () => {
    const { answer, open } = endless()
    await serve([answer, stream(text('xyz'), STOP, DONE)])
    const editor = await openText('|\n')
    void suggest()
    await pause()
    await commands.executeCommand('infill.complete')
    assert.equal(drawn(editor), 'xyz|\n')
    open()
    await run
  })

  test('is at the primary cursor only', async () => {
    await serve(stream(text('abc'), STOP, DONE))
    const editor = await openText('|\n\n')
    editor.selections = [new Selection(0, 0, 0, 0), new Selection(1, 0, 1, 0)]
    void suggest()
    await pause()
    assert.equal(server.requests.length, 1)
    assert.equal(editor.document.getText(), '\n\n')
    assert.equal(window.activeTextEditor, editor)
  })
})
