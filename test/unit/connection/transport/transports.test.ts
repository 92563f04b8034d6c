import assert from 'node:assert/strict'
import { isError } from '../../../support/wording.ts'
import { createTransport } from '../../../../src/completions/index.ts'
import type { Send, Transport } from '../../../../src/completions/http/transport.ts'
import { NO_PROXY } from '../../../../src/completions/http/proxy.ts'
import type { NetworkOptions } from '../../../../src/connection/transport/networkOptions.ts'
import { createTransports } from '../../../../src/connection/transport/transports.ts'
import { hold, startServer } from '../../../support/sseServer.ts'

const options = (caFile = ''): NetworkOptions => ({
  client: 'undici',
  proxy: NO_PROXY,
  strictSSL: true,
  systemCertificates: false,
  caFile,
})
const { signal } = new AbortController()

suite('transports', () => {
  /** What happened to the transports that were made */
  const record = () => {
    const events: string[] = []
    const transports = createTransports(async ({ caFile }): Promise<Transport> => {
      events.push(`made ${caFile}`)
      return {
        send: async () => Promise.reject(new Error(`sent by ${caFile}`)),
        close: async () => void events.push(`closed ${caFile}`),
        open: async ({ origin }: URL) => void events.push(`opened ${origin}`),
        finish: async () => void events.push(`finished ${caFile}`),
      }
    })
    const send = (caFile: string) => sent(transports.sender(options(caFile)))
    return { events, transports, send }
  }
  const sent = (send: Send) =>
    send({ method: 'GET', url: new URL('http://a.test'), headers: {} }, signal)

  test('are created at the first request and reused while the settings are equal', async () => {
    const { events, send, transports } = record()
    transports.sender(options('x'))
    assert.deepEqual(events, [])
    await assert.rejects(send('a'), /sent by a/)
    await assert.rejects(send('a'), /sent by a/)
    assert.deepEqual(events, ['made a'])
    await transports.dispose()
    assert.deepEqual(events, ['made a', 'closed a'])
  })

  test('are replaced when the settings change, and the old one closes', async () => {
    const { events, send, transports } = record()
    for (const caFile of ['a', 'b', 'a']) await assert.rejects(send(caFile))
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(events, ['made a', 'made b', 'finished a', 'made a', 'finished b'])
    await transports.dispose()
    assert.deepEqual(events.at(-1), 'closed a')
    await transports.dispose()
  })

  test('are created again after a failure', async () => {
    let works = false
    const transports = createTransports(async () => {
      if (!works) throw new Error('not yet')
      return createTransport()
    })
    const server = await startServer({})
    const send = () =>
      transports.sender(options())({ method: 'GET', url: server.url, headers: {} }, signal)
    await assert.rejects(send(), /not yet/)
    works = true
    assert.equal((await send()).status, 200)
    await transports.dispose()
    await server.close()
  })

  test('finish responses when the settings change, but not when closed', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = await startServer([
      { body: ['a', () => gate.promise, 'b'] },
      { body: ['c', hold] },
    ])
    const other = await startServer({})
    const transports = createTransports(({ caFile }) => createTransport({ caFile }))
    const begin = (url: URL, caFile: string) =>
      transports.sender(options(caFile))({ method: 'GET', url, headers: {} }, signal)
    try {
      const answer = await begin(slow.url, '')
      const held = await begin(slow.url, '')
      await begin(other.url, 'x')
      gate.resolve()
      let text = ''
      for await (const bytes of answer.body) text += Buffer.from(bytes).toString()
      assert.equal(text, 'ab')
      await transports.dispose()
      await assert.rejects(
        async () => {
          for await (const _ of held.body);
        },
        isError('cut', 'The connection was lost before the response was complete.'),
      )
    } finally {
      await transports.dispose()
      await slow.close()
      await other.close()
    }
  })
})
