import { connect, type AddressInfo, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { createServer } from 'node:tls'
import type { Identity } from './certificate.ts'

export interface SecureServer {
  port: number
  /** How many TLS connections it has had */
  readonly connections: number
  close(): Promise<void>
}

/** TLS in front of a plain server of the loopback, for those who speak HTTP/1.1. */
export async function secured(server: URL, identity: Identity): Promise<SecureServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  const tls = createServer({ ...identity, ALPNProtocols: ['http/1.1'] }, (socket) => {
    connections += 1
    const onward = connect(Number(server.port), '127.0.0.1')
    pipeline(socket, onward, () => undefined)
    pipeline(onward, socket, () => undefined)
  })
  tls.on('connection', (socket: Socket) => sockets.add(socket))
  tls.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve))
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    port: (tls.address() as AddressInfo).port,
    get connections() {
      return connections
    },
    async close() {
      const closed = new Promise((resolve) => tls.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
