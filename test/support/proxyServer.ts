import {
  createServer,
  request as forward,
  type IncomingMessage,
  type RequestListener,
} from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { pipeline, type Duplex } from 'node:stream'

/**
 * A real HTTP proxy on a random loopback port. It supports CONNECT, and requests with absolute URLs. It
 * resolves every host name to 127.0.0.1, so that test servers can have names other than `localhost`.
 */
export interface ProxyServer {
  /** `http://127.0.0.1:PORT`, or `https://localhost:PORT` */
  readonly url: URL
  /** The requests so far, in order: `CONNECT inner.test:443`, `POST http://inner.test/v1/completions` */
  readonly requests: readonly string[]
  close(): Promise<void>
}

export interface ProxyOptions {
  /** Required value of `Proxy-Authorization`. Other requests are refused with 407. */
  authorization?: string
  /** Status code of the response to every request */
  refusal?: number
  /** Closes each connection without a response, or never responds. */
  instead?: 'hang up' | 'be silent'
  /** Private key and certificate of a proxy that is reached over TLS */
  identity?: { key: string; cert: string }
}

export async function startProxy(options: ProxyOptions = {}): Promise<ProxyServer> {
  const requests: string[] = []
  const sockets = new Set<Duplex>()

  function track<T extends Duplex>(socket: T): T {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    return socket
  }

  function refusalStatus({ headers }: IncomingMessage): number | null {
    if (options.refusal !== undefined) return options.refusal
    const { authorization } = options
    return authorization === undefined || headers['proxy-authorization'] === authorization
      ? null
      : 407
  }

  const onRequest: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`)
    const status = refusalStatus(request)
    if (options.instead === 'be silent') return
    if (options.instead === 'hang up') return void response.destroy()
    if (status !== null) return void response.writeHead(status).end('said the proxy')
    const url = new URL(request.url ?? '')
    const { 'proxy-authorization': _removed, ...headers } = request.headers
    const onward = forward(
      {
        host: '127.0.0.1',
        port: url.port,
        path: url.pathname + url.search,
        method: request.method,
        headers,
      },
      (received) => {
        response.writeHead(received.statusCode ?? 0, received.headers)
        pipeline(received, response, () => undefined)
      },
    )
    onward.on('socket', track)
    pipeline(request, onward, () => undefined)
    response.once('close', () => onward.destroy())
  }

  const server =
    options.identity === undefined
      ? createServer(onRequest)
      : createSecureServer(options.identity, onRequest)
  server.on('connection', (socket: Socket) => track(socket))
  server.on('connect', (request, socket, head) => {
    track(socket)
    requests.push(`CONNECT ${request.url}`)
    const status = refusalStatus(request)
    if (options.instead === 'be silent') return
    if (options.instead === 'hang up') return void socket.destroy()
    if (status !== null) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const port = Number(new URL(`tcp://${request.url}`).port)
    const onward = track(connect(port, '127.0.0.1'))
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      onward.write(head)
      socket.pipe(onward).pipe(socket)
      socket.once('close', () => onward.destroy())
      onward.once('close', () => socket.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the server listens on a port
  const { port } = server.address() as AddressInfo
  const url = new URL(
    options.identity === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
  )
  return {
    url,
    requests,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
