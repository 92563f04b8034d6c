import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'

/** Connections that are opened before there is a request for them */
export interface AheadConnections {
  /** For undici: hands out a connection that was opened ahead, or opens one. */
  readonly connect: buildConnector.connector
  /**
   * Opens a connection to the origin of a URL, unless one is waiting. Nothing is sent but the handshake.
   * Errors are not reported: a request meets them again.
   */
  open(url: URL): void
  /** Closes the connections that wait. */
  close(): void
}

/** How long a connection waits for a request, in ms: less than servers wait for one */
const MAX_AGE = 20_000

/** @param connect opens a connection */
export function aheadConnections(connect: buildConnector.connector): AheadConnections {
  const waiting = new Map<string, Ahead>()

  return {
    connect(options, callback) {
      const key = keyOf(options)
      const ahead = waiting.get(key)
      waiting.delete(key)
      if (ahead === undefined) return connect(options, callback)
      ahead.take((error, socket) => {
        if (error !== null) callback(error, null)
        else if (socket === null) connect(options, callback)
        else callback(null, socket)
      })
    },
    open({ protocol, hostname, host, port }) {
      const options = { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), host, port }
      const key = keyOf(options)
      if (waiting.has(key)) return
      const ahead = openAhead(connect, options, () => {
        if (waiting.get(key) === ahead) waiting.delete(key)
      })
      waiting.set(key, ahead)
    },
    close() {
      for (const ahead of waiting.values()) ahead.discard()
      waiting.clear()
    },
  }
}

function keyOf({ protocol, hostname, port }: buildConnector.Options): string {
  return `${protocol}//${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`
}

type Opened = { error: Error; socket: null } | { error: null; socket: Socket | null }

/** One connection that is being opened, or that waits */
interface Ahead {
  /** Passes the connection on when it is open; `null` when it has been closed. */
  take(then: (error: Error | null, socket: Socket | null) => void): void
  discard(): void
}

/** @param onEnd called when the connection is of no use anymore */
function openAhead(
  connect: buildConnector.connector,
  options: buildConnector.Options,
  onEnd: () => void,
): Ahead {
  const opened = Promise.withResolvers<Opened>()
  let isTaken = false
  let isDiscarded = false
  const timer = setTimeout(discard, MAX_AGE)
  timer.unref()

  function discard(): void {
    clearTimeout(timer)
    isDiscarded = true
    onEnd()
    void destroyUnused()
  }
  async function destroyUnused(): Promise<void> {
    const { socket } = await opened.promise
    if (!isTaken) socket?.destroy()
  }
  async function passOn(then: Parameters<Ahead['take']>[0]): Promise<void> {
    const { error, socket } = await opened.promise
    const isUsable = socket !== null && !socket.destroyed && socket.writable
    if (isUsable) socket.ref()
    then(error, isUsable ? socket : null)
  }
  connect(options, (error, socket) => {
    if (error !== null || isDiscarded) {
      socket?.destroy()
      opened.resolve({ error, socket: null })
      clearTimeout(timer)
      onEnd()
      return
    }
    // Without a listener, an error of a connection that waits would end the process.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      if (!isTaken) discard()
    })
    // It keeps no process alive until it is used.
    socket.unref()
    opened.resolve({ error, socket })
  })
  return {
    take(then) {
      isTaken = true
      clearTimeout(timer)
      void passOn(then)
    },
    discard,
  }
}
