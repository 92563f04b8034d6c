import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { EndpointOptions } from './endpoint.ts'
import type { Workspace } from './library.ts'

export interface StartOptions {
  /** The worker's program: dist/builtin.js, or worker.ts when running from source. */
  readonly script: string | URL
  readonly workspace: Workspace
  /** Ends the start; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export interface Builtin {
  /** The base URL that `/completions` is added to. */
  readonly url: string
  /** The API key, made for this run. */
  readonly token: string
  /** Resolves when the endpoint is over: with why it died, or undefined after `dispose`. */
  readonly ended: Promise<Error | undefined>
  /** Tells what has changed in the workspace. */
  update(workspace: Workspace): void
  dispose(): Promise<void>
}

/**
 * Starts the built-in endpoint in a thread of its own, which does not keep the process alive.
 * After `ended` another one can be started.
 * @throws when the thread does not come up, or the server gets no port
 */
export async function startBuiltin({ script, workspace, signal }: StartOptions): Promise<Builtin> {
  signal?.throwIfAborted()
  const token = randomBytes(32).toString('base64url')
  const workerData: EndpointOptions = { ...workspace, token }
  const worker = new Worker(script, {
    name: 'infill-builtin',
    workerData,
    // Nothing of the editor's environment and options is needed, and some of it is secret.
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const ended = endOf(worker)
  try {
    const url = await listening(worker, signal)
    worker.unref()
    return {
      url,
      token,
      ended,
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      update: (next) => worker.postMessage(next),
      async dispose() {
        await worker.terminate()
      },
    }
  } catch (error) {
    await worker.terminate()
    signal?.throwIfAborted()
    throw new Error(`The built-in endpoint did not start: ${reason(error)}`, { cause: error })
  }
}

async function listening(worker: Worker, signal: AbortSignal | undefined): Promise<string> {
  const stopWaiting = new AbortController()
  const signals = signal ? [stopWaiting.signal, signal] : [stopWaiting.signal]
  const options = { signal: AbortSignal.any(signals) }
  try {
    const [first]: readonly unknown[] = await Promise.race([
      // Rejects when the worker throws.
      once(worker, 'message', options),
      once(worker, 'exit', options).then(([code]) => {
        throw new Error(`the thread ended with code ${code}`)
      }),
    ])
    return urlOf(first)
  } finally {
    stopWaiting.abort()
  }
}

function urlOf(message: unknown): string {
  if (typeof message === 'object' && message !== null) {
    if ('url' in message && typeof message.url === 'string') return message.url
    if ('error' in message) throw new Error(String(message.error))
  }
  throw new Error('the thread said something else than where it listens')
}

function endOf(worker: Worker): Promise<Error | undefined> {
  return new Promise((resolve) => {
    worker.once('error', (error) => resolve(new Error(reason(error), { cause: error })))
    // Terminating ends the thread with code 1 and no error.
    worker.once('exit', () => resolve(undefined))
  })
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
