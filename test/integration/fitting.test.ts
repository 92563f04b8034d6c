import assert from 'node:assert/strict'
import { commands, languages } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { complete, drawn, openText, useServer } from './support.ts'

suite('filters', () => {
  const serve = useServer()

  test('an existing bracket is not inserted again, and the request is cancelled', async () => {
    const server = await serve(stream(text('a, '), text('b)'), text('\n'), text('more'), hold))
    const editor = await openText('foo(|)\nbar()\n')
    await complete()
    assert.equal(drawn(editor), 'foo(a, b|)\nbar()\n')
    await (
      await server.received()
    ).closed
  })

  test('an existing line is not inserted again', async () => {
    await serve(stream(text('  return total\n'), text('}\n\nfunction next() {'), STOP, DONE))
    const editor = await openText('function sum() {\n|\n}\n\nfunction next() {\n}\n')
    await complete()
    assert.equal(drawn(editor), 'function sum() {\n  return total|\n}\n\nfunction next() {\n}\n')
  })

  test('spaces become tabs in a document with tabs', async () => {
    await serve(stream(text('\n    if (b) {\n'), text('        c()\n    }'), STOP, DONE))
    const editor = await openText('function a() {|\n}\n')
    editor.options = { insertSpaces: false, tabSize: 4 }
    await complete()
    assert.equal(drawn(editor), 'function a() {\n\tif (b) {\n\t\tc()\n\t}|\n}\n')
  })

  test('a completion that repeats itself is stopped', async () => {
    const line = 'the same line again\n'
    const server = await serve(stream(...Array.from({ length: 50 }, () => text(line)), hold))
    const editor = await openText('|')
    await complete()
    assert.equal(editor.document.getText().trimEnd(), (line + line).trimEnd())
    await (
      await server.received()
    ).closed
  })

  test('Complete Line at Cursor inserts one line', async () => {
    const server = await serve(stream(text('one('), text(')\ntwo()'), hold))
    const editor = await openText('a = |\n')
    await commands.executeCommand('infill.completeLine')
    assert.equal(drawn(editor), 'a = one()|\n')
    await (
      await server.received()
    ).closed
  })

  test('brackets, quotes and comments are those of the language', async () => {
    const cases = [
      ['rust', 'fn run(|) {', "x: Box<dyn F + 'static>)", "fn run(x: Box<dyn F + 'static>|) {"],
      ['javascript', 'g(|)', '\n// 1) a\n b,\n', 'g(\n// 1) a\n b,\n|)'],
      ['python', 'f(|)', '\n# 1) a\nb,\n', 'f(\n# 1) a\nb,\n|)'],
    ]
    for (const [language = '', drawing = '', completion = '', expected = ''] of cases) {
      await serve(stream(text(completion, 'stop'), DONE))
      const editor = await openText(drawing)
      await languages.setTextDocumentLanguage(editor.document, language)
      await complete()
      assert.equal(drawn(editor), expected, language)
    }
  })
})
