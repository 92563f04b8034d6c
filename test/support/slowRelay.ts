import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface SlowRelay {
  port: number
  /** How many connections it has had */
  readonly connections: number
  /** How many of them are open */
  readonly open: number
  close(): Promise<void>
}

/**
 * Passes connections on to a port of the loopback, as if it were far away.
 *
 * @param delay of each direction, in ms
 */
export async function slowRelay(port: number, delay: number): Promise<SlowRelay> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((near) => {
    connections += 1
    // The SYN and its answer travel as well.
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => undefined)
      from.on('data', (data) => void setTimeout(() => to.write(data), delay))
      from.on('close', () => void setTimeout(() => to.destroy(), delay))
      from.on('close', () => sockets.delete(from))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections
    },
    get open() {
      return sockets.size / 2
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
