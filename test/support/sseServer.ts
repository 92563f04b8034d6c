import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A real HTTP server on a random loopback port with scripted responses. It does not depend on the
 * test runner, so that tests inside VS Code can use it, too.
 */
export interface ScriptedServer {
  /** `http://127.0.0.1:PORT/v1/completions` */
  readonly url: URL
  /** The requests so far, in order */
  readonly requests: readonly RecordedRequest[]
  /** Resolves with the request of this number, counted from 0, when its body has been received. */
  received(number?: number): Promise<RecordedRequest>
  /** Closes all connections, including those with an unfinished response. */
  close(): Promise<void>
}

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The parsed JSON; `undefined` if the body is empty */
  body: unknown
  /** The client's port. Requests over the same connection have the same port. */
  port: number | undefined
  /** Resolves when the request's connection is closed by either side. */
  closed: Promise<void>
}

export interface Answer {
  /** Steps before the status line and the headers are sent */
  before?: readonly Step[]
  status?: number
  headers?: OutgoingHttpHeaders
  /** Each piece is written to the socket before the next one starts. The response ends after the last. */
  body?: Iterable<Piece>
}

export type Piece = string | Uint8Array | Step
export type Step = (response: ServerResponse) => Promise<unknown> | void

/** Waits for this number of milliseconds. */
export const pause =
  (ms: number): Step =>
  () =>
    sleep(ms)

/** Waits until the promise settles. */
export const until =
  (promise: Promise<unknown>): Step =>
  () =>
    promise.catch(() => undefined)

/** Sends nothing until either side closes the connection. */
export const hold: Step = () => new Promise(() => {})

/** Closes the connection in the middle of the response, like a crashed server. */
export const cut: Step = (response) => {
  response.destroy()
}

/** Starts a server. A list has one response per request; its last one is repeated. */
export async function startServer(
  script: Answer | readonly Answer[] | ((request: RecordedRequest) => Answer),
  /** 0: a free one */
  port = 0,
): Promise<ScriptedServer> {
  const requests: RecordedRequest[] = []
  const closings = new WeakMap<Socket, Promise<void>>()
  let arrival = Promise.withResolvers<void>()

  function choose(request: RecordedRequest, number: number): Answer {
    if (typeof script === 'function') return script(request)
    const answers = [script].flat()
    return answers[Math.min(number, answers.length - 1)] ?? {}
  }

  const server = createServer((message, response) => {
    void (async () => {
      // Without listeners, errors of closed connections would end the process.
      message.on('error', () => undefined)
      response.on('error', () => undefined)
      const request = await record(message, closings.get(message.socket))
      const answer = choose(request, requests.push(request) - 1)
      arrival.resolve()
      arrival = Promise.withResolvers()
      await Promise.race([play(answer, response), request.closed])
    })().catch(() => response.destroy())
  })
  server.on('connection', (socket: Socket) => {
    closings.set(socket, new Promise((resolve) => socket.once('close', () => resolve())))
  })
  const { port: own } = await (port === 0 ? listenOnNewPort(server) : listen(server, port))

  return {
    url: new URL(`http://127.0.0.1:${own}/v1/completions`),
    requests,
    async received(number = 0) {
      for (;;) {
        const request = requests[number]
        if (request !== undefined) return request
        await arrival.promise
      }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address
}

declare global {
  // Not of this module: each file of tests in VS Code is a bundle with a copy of it.
  var infillTestPorts: Set<number> | undefined
}

/** The ports of this process’s servers: also those that have been closed */
const given = (globalThis.infillTestPorts ??= new Set())

/**
 * Systems give a free port out again: of 300 servers in turn, about seven had the port of an earlier one. What
 * Infill has learned or counted of a server would be that of another test.
 */
async function listenOnNewPort(server: Server): Promise<AddressInfo> {
  for (;;) {
    const address = await listen(server, 0)
    if (!given.has(address.port)) {
      given.add(address.port)
      return address
    }
    await new Promise((resolve) => server.close(resolve))
  }
}

async function record(
  message: IncomingMessage,
  closed = Promise.resolve(),
): Promise<RecordedRequest> {
  let text = ''
  for await (const part of message.setEncoding('utf8')) text += String(part)
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    body: text === '' ? undefined : JSON.parse(text),
    port: message.socket.remotePort,
    closed,
  }
}

async function play(answer: Answer, response: ServerResponse): Promise<void> {
  for (const step of answer.before ?? []) await step(response)
  if (response.destroyed) return
  response.writeHead(answer.status ?? 200, answer.headers)
  response.flushHeaders()
  for (const piece of answer.body ?? []) {
    if (response.destroyed) return
    if (typeof piece === 'function') await piece(response)
    else await new Promise((resolve) => response.write(piece, resolve))
  }
  if (!response.destroyed) response.end()
}
