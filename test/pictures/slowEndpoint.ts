import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLibrary } from '../../src/builtin/library.ts'
import { serve } from '../../src/builtin/server.ts'

export type SlowEndpoint = { url: string; close: () => Promise<void> }

/** Delay before the first event and between events, in milliseconds. */
export type Pace = { first: number; next: number }

const port = 8080

/**
 * Serves the built-in endpoint of a folder at the speed of a large model, one event at a time. The
 * port is fixed, because the status bar shows it.
 */
export async function openSlowEndpoint(root: string, pace: Pace): Promise<SlowEndpoint> {
  const token = 'pictures'
  const builtin = await serve(openLibrary({ roots: [root] }), { token })
  const server = createServer((request, response) => {
    forward(request, response, `${builtin.url}/completions`).catch(() => response.destroy())
  })

  async function forward(request: IncomingMessage, response: ServerResponse, to: string) {
    const body = Buffer.concat(await request.toArray())
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const original = await fetch(to, { method: 'POST', headers, body })
    response.writeHead(original.status, {
      'content-type': original.headers.get('content-type') ?? '',
    })
    response.flushHeaders()
    let wait = pace.first
    for (const event of (await original.text()).split(/(?<=\n\n)/)) {
      await sleep(wait)
      response.write(event)
      wait = pace.next
    }
    response.end()
  }

  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    await builtin.close()
    throw error
  }
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async close() {
      server.close()
      server.closeAllConnections()
      await builtin.close()
    },
  }
}
