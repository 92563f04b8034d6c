import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A real HTTP server on a random port of the loopback, whose every answer is a script. It knows
 * nothing of completions, and nothing of the test runner: it also serves tests inside VS Code.
 */
export interface ScriptedServer {
  /** `http://127.0.0.1:PORT/v1/completions` */
  readonly url: URL
  /** What has been asked so far, in order */
  readonly requests: readonly RecordedRequest[]
  /** The request of that number, counted from 0, as soon as its body is there */
  received(number?: number): Promise<RecordedRequest>
  /** Ends every connection, also those in the middle of an answer. */
  close(): Promise<void>
}

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** As parsed JSON; `undefined` when there was none */
  body: unknown
  /** The client's port: the same for two requests over the same connection */
  port: number | undefined
  /** Settles when the connection that the request came over is closed, by whichever side. */
  closed: Promise<void>
}

export interface Answer {
  /** What happens before the head is sent */
  before?: readonly Step[]
  status?: number
  headers?: OutgoingHttpHeaders
  /** Each piece of bytes is handed to the socket before the next begins; then the answer ends. */
  body?: Iterable<Piece>
}

export type Piece = string | Uint8Array | Step
export type Step = (response: ServerResponse) => Promise<unknown> | void

/** Waits that many milliseconds. */
export const pause =
  (ms: number): Step =>
  () =>
    sleep(ms)

/** Waits until the promise settles. */
export const until =
  (promise: Promise<unknown>): Step =>
  () =>
    promise.catch(() => undefined)

/** Says nothing more, until one of the two sides closes the connection. */
export const hold: Step = () => new Promise(() => {})

/** Breaks the connection, as a crashed server does. */
export const cut: Step = (response) => {
  response.destroy()
}

/** Begins the server; a list is one answer for each request, and the last of it for all further. */
export async function startServer(
  script: Answer | readonly Answer[] | ((request: RecordedRequest) => Answer),
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
      // Sockets are read so that their end is noticed, but nobody needs to hear of their errors.
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')

  return {
    url: new URL(`http://127.0.0.1:${address.port}/v1/completions`),
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
