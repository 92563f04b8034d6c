import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { json } from '../../../support/answers.ts'
import { startServer } from '../../../support/sseServer.ts'

const PROBE = fileURLToPath(new URL('globalDispatcher.probe.ts', import.meta.url))

/** What a process with fresh globals finds before and after it used the client */
async function probe(wrapped: boolean): Promise<unknown> {
  const server = await startServer(json({ choices: [{ text: 'a' }] }))
  const child = fork(PROBE, [server.url.href, String(wrapped)], { execArgv: [], timeout: 5000 })
  try {
    const exit = once(child, 'exit')
    const [found]: unknown[] = await Promise.race([once(child, 'message'), exit])
    assert.deepEqual(await exit, [0, null])
    return found
  } finally {
    child.kill()
    await server.close()
  }
}

suite('Completions: the global dispatcher of the process', () => {
  test('is restored when another module has set it', async function () {
    this.timeout(6000)
    assert.deepEqual(await probe(true), {
      hadSomething: true,
      untouched: true,
      completed: 'a',
      dispatchedByClient: 0,
      fetched: 200,
      dispatchedByFetch: 1,
    })
  })

  test('stays unset when it was unset, and Node’s fetch works', async function () {
    this.timeout(6000)
    assert.deepEqual(await probe(false), {
      hadSomething: false,
      untouched: true,
      completed: 'a',
      dispatchedByClient: 0,
      fetched: 200,
      dispatchedByFetch: 0,
    })
  })
})
