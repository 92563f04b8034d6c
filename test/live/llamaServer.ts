import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { findLlama, type Llama } from '../launcher/findLlama.ts'
import { until } from '../launcher/run.ts'
import { killOnExit, stop } from '../launcher/server.ts'

/** A running llama-server */
export interface LlamaServer {
  /** `http://127.0.0.1:PORT/v1` */
  readonly endpoint: string
  /** Waits until the model is loaded. Call it before a request that must not get status 503. */
  ready(): Promise<void>
  /** Sends a request of the test itself, with the server's key, if it has one, or with another. */
  fetch(path: string, request?: { body?: string; key?: string }): Promise<Response>
  /** Returns the number of slots that are processing a request. */
  busySlots(): Promise<number>
  /** Ends the process at once, like a crash. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface LlamaOptions {
  model?: string
  /** The id of the model in its list */
  alias?: string
  /** Tokens, for all slots together */
  context?: number
  slots?: number
  apiKey?: string
  /** Whether the context does not limit the length of a completion */
  endless?: boolean
  /** Default: a free port */
  port?: number
}

/** The llama-server of this system. @throws Error if there is none */
export function llamaHere(): Llama {
  const llama = findLlama()
  if (typeof llama === 'string') throw new Error(llama)
  return llama
}

/** Starts a llama-server on loopback. It responds with 503 until it is `ready`. */
export async function startLlama(options: LlamaOptions = {}): Promise<LlamaServer> {
  const { executable, model } = llamaHere()
  const { apiKey, port = await freePort() } = options
  const flags = {
    model: options.model ?? model,
    alias: options.alias ?? 'live-model',
    host: '127.0.0.1',
    port: String(port),
    'ctx-size': String(options.context ?? 4096),
    parallel: String(options.slots ?? 2),
    ...(apiKey !== undefined && { 'api-key': apiKey }),
  }
  const args = [
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    '--slots',
    '--no-webui',
    options.endless ? '--context-shift' : '--no-context-shift',
  ]
  const child = spawn(executable, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  killOnExit(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const origin = `http://127.0.0.1:${port}`
  const fetchPath: LlamaServer['fetch'] = (path, { body, key = apiKey } = {}) =>
    fetch(origin + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      body: body ?? null,
      signal: limit(),
    })

  /** The status of `/health`; undefined if the server does not listen yet */
  async function health(): Promise<number | undefined> {
    if (child.exitCode !== null) throw new Error(`llama-server exited:\n${output}`)
    return fetchPath('/health').then(
      ({ status }) => status,
      () => undefined,
    )
  }
  try {
    await until('llama-server to listen', health, 30_000, 2)
  } catch (error) {
    await stop(child)
    throw error
  }
  return {
    endpoint: `${origin}/v1`,
    async ready() {
      await until('the model', async () => ((await health()) === 200 ? true : undefined))
    },
    fetch: fetchPath,
    async busySlots() {
      const slots: unknown = await (await fetchPath('/slots')).json()
      return (slots as { is_processing: boolean }[]).filter((slot) => slot.is_processing).length
    },
    kill: () => kill(child),
    stop: () => stop(child),
  }
}

/** Bounds a request of the tests themselves. */
const limit = (): AbortSignal => AbortSignal.timeout(10_000)

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

/** To be called in a suite: starts a server for all of its tests. */
export function useLlama(options: LlamaOptions = {}): () => LlamaServer {
  let server: LlamaServer
  suiteSetup(async () => {
    server = await startLlama(options)
    await server.ready()
  })
  suiteTeardown(async () => {
    await server.stop()
  })
  return () => server
}
