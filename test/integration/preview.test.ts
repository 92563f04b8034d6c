import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  commands,
  env,
  Position,
  Range,
  window,
  workspace,
  type CompletionList,
  type Hover,
  type MarkdownString,
} from 'vscode'
import { DONE, json, STOP, stream, text } from '../support/answers.ts'
import { hold, startServer, type Answer, type ScriptedServer } from '../support/sseServer.ts'
import { closeAll, configure, drawn, openText, serve, setEndpoint } from './support.ts'
import { change, edit, lenses, preview, send, titles, until } from './previewed.ts'

const SECRET = 'a-very-secret-value'

suite('the exact request', () => {
  let server: ScriptedServer
  let other: ScriptedServer | undefined
  let answer: Answer

  setup(async () => {
    answer = stream(text('a, '), text('b'), STOP, DONE)
    server = await serve(() => answer)
    await configure({ headers: { 'X-Api-Key': SECRET } })
  })
  teardown(async () => {
    await server.close()
    await other?.close()
    other = undefined
    await configure({ headers: undefined })
    await closeAll()
  })
  suiteTeardown(() => setEndpoint(undefined))

  test('equals the request of the completion, without secrets', async () => {
    await openText('foo(|)\n')
    const request = await preview()
    const { method, url, headers, body } = JSON.parse(request.getText())
    assert.deepEqual([method, url], ['POST', server.url.href])
    assert.equal(headers['x-api-key'], '$INFILL_HEADER_X_API_KEY')
    assert.equal(server.requests.length, 0)
    assert.equal(request.isDirty, false)
    await closeAll()
    await openText('foo(|)\n')
    await commands.executeCommand('infill.complete')
    const [sent] = server.requests
    assert.deepEqual(body, sent?.body)
    assert.deepEqual(
      { ...sent?.headers, ...headers },
      { ...sent?.headers, 'x-api-key': headers['x-api-key'] },
    )
  })

  test('documents each field on hover and suggests the others', async () => {
    await openText('foo(|)\n')
    const request = await preview()
    const at = request.positionAt(request.getText().indexOf('"max_tokens"') + 3)
    const hover = await until(async () => {
      const found: Hover[] = await commands.executeCommand(
        'vscode.executeHoverProvider',
        request.uri,
        at,
      )
      return found[0]
    })
    const [content] = hover.contents as MarkdownString[]
    assert.match(String(content?.value), /Maximum number of tokens to generate.*default: 16/)
    const line = request.positionAt(request.getText().indexOf('"max_tokens"')).line
    await edit(request, new Range(line, 0, line, 0), '    "\n')
    const list: CompletionList = await commands.executeCommand(
      'vscode.executeCompletionItemProvider',
      request.uri,
      new Position(line, 5),
    )
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label))
    for (const name of ['top_p', 'best_of', 'logit_bias', 'seed', 'cache_prompt']) {
      assert.ok(labels.includes(name), labels.join(', '))
    }
  })

  test('is sent as it stands in the document, with the secrets', async () => {
    await openText('foo(|)\n')
    const request = await preview()
    await change(request, ({ body, ...rest }) => ({
      ...rest,
      body: { ...body, seed: 7, prompt: 'x' },
    }))
    const shown = await send(request)
    const [sent] = server.requests
    assert.equal(Reflect.get(Object(sent?.body), 'seed'), 7)
    assert.equal(Reflect.get(Object(sent?.body), 'prompt'), 'x')
    assert.equal(sent?.headers['x-api-key'], SECRET)
    assert.equal(shown.status, 200)
    assert.equal(shown.chunks, 3)
    assert.equal(shown.completion.choices[0].text, 'a, b')
    assert.equal(request.isDirty, false)
    assert.ok(!everyText().includes(SECRET))
  })

  // `test/journeys/trust.test.ts` confirms it: VS Code shows no dialogs to tests.
  test('sends nothing to another origin before that is confirmed', async () => {
    other = await startServer(json({ choices: [{ text: 'x', finish_reason: 'stop' }] }))
    await openText('foo(|)\n')
    const request = await preview()
    const { href } = other.url
    await change(request, (fields) => ({ ...fields, url: href }))
    await assert.rejects(async () => commands.executeCommand('infill.sendRequest', request.uri))
    assert.equal(other.requests.length, 0)
  })

  test('shows an error as the server sent it, without the secret that it repeats', async () => {
    answer = json({ error: { message: `Wrong key: ${SECRET}` } }, 401)
    await openText('foo(|)\n')
    const request = await preview()
    const shown = await send(request)
    assert.equal(shown.status, 401)
    assert.equal(shown.response.error.message, 'Wrong key: $INFILL_HEADER_X_API_KEY')
    assert.deepEqual(titles(await lenses(request)), ['$(play) Send'])
  })

  test('is not sent while it is not JSON', async () => {
    await openText('foo(|)\n')
    const request = await preview()
    await edit(request, new Range(0, 0, 0, 1), '')
    await commands.executeCommand('infill.sendRequest', request.uri)
    assert.equal(server.requests.length, 0)
  })

  test('its response is inserted at the place of the preview, as one undo step', async () => {
    const editor = await openText('foo(|)\n')
    const request = await preview()
    await edit(editor.document, new Range(0, 0, 0, 0), '// new\n')
    await send(request)
    assert.deepEqual(titles(await lenses(request)), ['$(play) Send', '$(insert) Insert at Cursor'])
    await commands.executeCommand('infill.insertAnswer', request.uri)
    assert.equal(window.activeTextEditor?.document, editor.document)
    assert.equal(drawn(window.activeTextEditor), '// new\nfoo(a, b|)\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(window.activeTextEditor), '// new\nfoo(|)\n')
    await commands.executeCommand('infill.insertAnswer', request.uri)
    assert.equal(drawn(window.activeTextEditor), '// new\nfoo(a, b|)\n')
    await commands.executeCommand('undo')
    assert.equal(drawn(window.activeTextEditor), '// new\nfoo(|)\n')
  })

  test('can be stopped; the text so far is shown', async () => {
    answer = stream(text('half'), hold)
    await openText('foo(|)\n')
    const request = await preview()
    const sending = send(request)
    const { closed } = await server.received()
    await until(
      async () => titles(await lenses(request)).includes('$(debug-stop) Stop') || undefined,
    )
    // Nothing tells when the text has been read.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    await commands.executeCommand('infill.stopRequest', request.uri)
    await closed
    const shown = await sending
    assert.deepEqual([shown.failure, shown.completion.choices[0].text], ['Stopped.', 'half'])
  })

  test('its response is updated when it is sent again', async () => {
    await openText('foo(|)\n')
    const request = await preview()
    await send(request)
    answer = json({ choices: [{ text: 'second', finish_reason: 'stop' }] })
    const shown = await until(async () => {
      const found = await send(request)
      return found.response === undefined ? undefined : found
    })
    assert.equal(shown.response.choices[0].text, 'second')
    assert.equal(window.visibleTextEditors.length, 2)
  })

  test('asks which of several choices to insert', async () => {
    answer = stream(text('one', 'stop'), text('two', 'stop', 1), DONE)
    const editor = await openText('foo(|)\n')
    const request = await preview()
    await send(request)
    const inserting = commands.executeCommand('infill.insertAnswer', request.uri)
    await until(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem')
      return editor.document.getText() === 'foo(one)\n' || undefined
    })
    await inserting
  })

  test('a saved request can be sent; its response has no place to be inserted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'infill-preview-'))
    try {
      const file = join(folder, 'mine.infill.json')
      const headers = { 'x-api-key': '$INFILL_HEADER_X_API_KEY' }
      await writeFile(
        file,
        JSON.stringify({ url: server.url.href, headers, body: { prompt: 'x' } }),
      )
      const request = await workspace.openTextDocument(file)
      await window.showTextDocument(request)
      await commands.executeCommand('infill.sendRequest', request.uri)
      assert.equal(server.requests[0]?.headers['x-api-key'], SECRET)
      const shown = workspace.textDocuments.find(
        ({ fileName }) => fileName === '/response-mine.json',
      )
      assert.match(String(shown?.getText()), /"text": "a, b"/)
      assert.deepEqual(titles(await lenses(request)), ['$(play) Send'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('is copied as a command, without secrets', async () => {
    await openText("it's $HOME (|)\n")
    await commands.executeCommand('infill.copyAsCurl')
    const command = await env.clipboard.readText()
    assert.ok(command.startsWith(`curl -N '${server.url.href}' \\\n`), command)
    assert.ok(command.includes(`-H 'x-api-key: '"$INFILL_HEADER_X_API_KEY"`), command)
    assert.ok(command.includes(String.raw`"prompt":"it'\''s $HOME ("`), command)
    assert.equal(server.requests.length, 0)
  })

  test('for the built-in endpoint, it is copied with the temporary token', async () => {
    await setEndpoint(undefined)
    await openText('foo(|)\n')
    await commands.executeCommand('infill.copyAsCurl')
    const command = await env.clipboard.readText()
    assert.match(command, /'authorization: Bearer [^$']{8,}'/)
    const request = await preview()
    assert.match(request.getText(), /"authorization": "Bearer \$INFILL_API_KEY"/)
    assert.equal((await send(request)).status, 200)
  })

  function everyText(): string {
    return workspace.textDocuments.map((each) => each.getText()).join('\n')
  }
})
