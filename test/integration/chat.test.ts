import assert from 'node:assert/strict'
import { commands } from 'vscode'
import { DONE, event, json, stream } from '../support/answers.ts'
import type { Answer } from '../support/sseServer.ts'
import { preview, send } from './previewed.ts'
import { complete, configure, drawn, openText, useServer } from './support.ts'

/** The answer of a chat model, in a stream of these pieces */
function answerOf(...pieces: string[]): Answer {
  const chunks = pieces.map((content) =>
    event({ choices: [{ index: 0, delta: { content }, finish_reason: null }] }),
  )
  return stream(
    ...chunks,
    event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
    DONE,
  )
}

const ANSWER = answerOf('Here is', ' it:\n``', '`js\nfoo(', 'a)', '\n`', '``\nIt calls foo.')

suite('a chat model', () => {
  const serve = useServer()

  test('fills in the middle with the code of its answer, as one undo step', async () => {
    const server = await serve(ANSWER)
    await configure({ suffix: 'chat' })
    const editor = await openText('foo(|)')
    await complete()
    assert.equal(drawn(editor), 'foo(a|)')
    assert.equal(server.requests[0]?.path, '/v1/chat/completions')
    await commands.executeCommand('undo')
    assert.equal(drawn(editor), 'foo(|)')
  })

  test('gets the request that the preview shows, and its answer is inserted', async () => {
    const server = await serve(answerOf('Sure:\n```\n', 'a, b\n', '```'))
    await configure({ suffix: 'chat' })
    const editor = await openText('foo(|)')
    const request = await preview()
    const { url, body } = JSON.parse(request.getText())
    assert.equal(url, new URL('/v1/chat/completions', server.url).href)
    await send(request)
    assert.deepEqual(server.requests[0]?.body, body)
    await commands.executeCommand('infill.insertAnswer', request.uri)
    assert.equal(editor.document.getText(), 'foo(a, b)')
  })
})

suite('a model that suggests edits', () => {
  const serve = useServer()

  test('gets no request', async () => {
    const server = await serve(json({}))
    await configure({ model: 'zeta-2' })
    const editor = await openText('foo(|)')
    await complete()
    assert.equal(drawn(editor), 'foo(|)')
    assert.equal(server.requests.length, 0)
  })
})
