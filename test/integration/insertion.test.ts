import assert from 'node:assert/strict'
import { commands, Selection, workspace } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { until } from '../support/sseServer.ts'
import { complete, configure, drawn, gate, openText, untilText, useServer } from './support.ts'

suite('insertion', () => {
  const serve = useServer()

  test('inserts at the cursor and sends prompt and suffix', async () => {
    const server = await serve(stream(text('a, '), text('b'), STOP, DONE))
    const editor = await openText('foo(|)\n')
    await complete()
    assert.equal(drawn(editor), 'foo(a, b|)\n')
    assert.equal(server.requests.length, 1)
    const [request] = server.requests
    assert.equal(request?.method, 'POST')
    assert.equal(request.headers.authorization, undefined)
    assert.deepEqual(request.body, {
      model: 'm',
      prompt: 'foo(',
      suffix: ')\n',
      max_tokens: 256,
      temperature: 0.2,
      stream_options: { include_usage: true },
      stream: true,
    })
  })

  test('inserts text while the stream continues', async () => {
    const more = gate()
    await serve(stream(text('one'), until(more.opened), text(' two'), STOP, DONE))
    const editor = await openText('[|]'.replace('|', ''))
    const run = complete()
    await untilText(editor.document, (all) => all === 'one')
    more.open()
    await run
    assert.equal(drawn(editor), 'one two|')
  })

  test('replaces a selection when the first text arrives', async () => {
    const go = gate()
    const server = await serve(stream(until(go.opened), text('new,\n'), text('newer'), STOP, DONE))
    const editor = await openText('foo([old])')
    const run = complete()
    const { body } = await server.received()
    assert.deepEqual(
      [Reflect.get(Object(body), 'prompt'), Reflect.get(Object(body), 'suffix')],
      ['foo(', ')'],
    )
    assert.equal(drawn(editor), 'foo([old])')
    go.open()
    await run
    assert.equal(drawn(editor), 'foo(new,\nnewer|)')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'foo([old])')
  })

  test('the document keeps its CRLF, the prompt has LF', async () => {
    const server = await serve(stream(text('b\r'), text('\nc\nd'), STOP, DONE))
    const editor = await openText('a\n|\ne', '\r\n')
    await complete()
    assert.equal(editor.document.getText(), 'a\r\nb\r\nc\r\nd\r\ne')
    assert.equal(drawn(editor), 'a\nb\nc\nd|\ne')
    assert.equal(Reflect.get(Object(server.requests[0]?.body), 'prompt'), 'a\n')
    await commands.executeCommand('undo')
    assert.equal(editor.document.getText(), 'a\r\n\r\ne')
  })

  test('text that arrives during an edit is part of the next edit', async () => {
    const chunks = Array.from({ length: 2000 }, (_, index) => text(`${index}\n`))
    await serve(stream(...chunks, STOP, DONE))
    const editor = await openText('(|)')
    let edits = 0
    const counter = workspace.onDidChangeTextDocument((event) => {
      if (event.document === editor.document) edits++
    })
    await complete()
    counter.dispose()
    const expected = Array.from({ length: 2000 }, (_, index) => `${index}\n`).join('')
    assert.equal(editor.document.getText(), `(${expected})`)
    assert.ok(edits < 200, `${edits} edits for 2000 chunks`)
  })

  test('retries when the server is busy', async () => {
    const busy = { status: 503, headers: { 'retry-after-ms': '20' } }
    const server = await serve([busy, stream(text('then'), STOP, DONE)])
    await configure({ maxRetries: 1 })
    const editor = await openText('(|)')
    await complete()
    assert.equal(drawn(editor), '(then|)')
    assert.equal(server.requests.length, 2)
  })

  test('a selection that was set beyond the end of a line is corrected', async () => {
    await serve(stream(text('one'), text(' two'), STOP, DONE))
    const editor = await openText('a\n|\nb')
    editor.selection = new Selection(1, 5, 1, 5)
    await complete()
    assert.equal(editor.document.getText(), 'a\none two\nb')
  })

  test('an empty completion changes nothing', async () => {
    await serve(stream(STOP, DONE))
    const editor = await openText('foo([old])')
    await complete()
    assert.equal(drawn(editor), 'foo([old])')
  })

  test('keeps the text when the stream is cut', async () => {
    await serve(stream(text('half')))
    const editor = await openText('(|)')
    await complete()
    assert.equal(drawn(editor), '(half|)')
  })

  test('inserts a whole JSON response instead of a stream', async () => {
    await serve({
      headers: { 'content-type': 'application/json' },
      body: [JSON.stringify({ choices: [{ index: 0, text: 'whole', finish_reason: 'stop' }] })],
    })
    const editor = await openText('(|)')
    await complete()
    assert.equal(drawn(editor), '(whole|)')
  })
})
