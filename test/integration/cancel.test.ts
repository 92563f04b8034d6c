import assert from 'node:assert/strict'
import { commands } from 'vscode'
import { DONE, STOP, stream, text } from '../support/answers.ts'
import { hold } from '../support/sseServer.ts'
import { shortestOf } from '../support/duration.ts'
import { complete, drawn, openText, untilText, useServer } from './support.ts'

suite('cancel', () => {
  const serve = useServer()

  test('keeps the text and closes the connection', async () => {
    const took = await shortestOf(500, async () => {
      const server = await serve(stream(text('one'), hold))
      const editor = await openText('(|)')
      const run = complete()
      await untilText(editor.document, (all) => all.includes('one'))
      const start = performance.now()
      await commands.executeCommand('infill.cancel')
      await (
        await server.received()
      ).closed
      const duration = performance.now() - start
      await run
      assert.equal(drawn(editor), '(one|)')
      return duration
    })
    assert.ok(took < 500, `${took} ms until the connection was closed`)
  })

  test('works right after the key, before any request', async () => {
    const server = await serve(stream(text('one'), STOP, DONE))
    const editor = await openText('([old])')
    const run = complete()
    await commands.executeCommand('infill.cancel')
    await run
    assert.equal(drawn(editor), '([old])')
    assert.equal(server.requests.length, 0)
  })

  test('works before the response starts', async () => {
    const server = await serve({ before: [hold] })
    const editor = await openText('([old])')
    const run = complete()
    const request = await server.received()
    await commands.executeCommand('infill.cancel')
    await run
    await request.closed
    assert.equal(drawn(editor), '([old])')
  })

  test('is done by the next run', async () => {
    const server = await serve([stream(text('one'), hold), stream(text(' two'), STOP, DONE)])
    const editor = await openText('(|)')
    const first = complete()
    await untilText(editor.document, (all) => all.includes('one'))
    await complete()
    await first
    await (
      await server.received(0)
    ).closed
    assert.equal(drawn(editor), '(one two|)')
    assert.equal(Reflect.get(Object(server.requests[1]?.body), 'prompt'), '(one')
  })

  test('does nothing when nothing runs', async () => {
    await commands.executeCommand('infill.cancel')
  })
})
