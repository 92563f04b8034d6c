import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Workspace } from './library.ts'
import type { WorkerData } from './worker.ts'

export interface StartOptions {
  /** The script of the worker: dist/builtin.js, or worker.ts when running from source */
  readonly script: string | URL
  readonly workspace: Workspace
}

export interface Builtin {
  /** The base URL, to which `/completions` is appended */
  readonly url: string
  /** The API key, which is new at each start */
  readonly token: string
  /** Resolves when the thread has ended: with the error of a crash, else undefined. */
  readonly ended: Promise<Error | undefined>
  /** Sends the workspace after a change. */
  update(workspace: Workspace): void
  dispose(): Promise<void>
}

/**
 * Starts the built-in endpoint in a worker thread, which does not keep the process alive.
 * After `ended`, another one can be started.
 * @throws when the thread crashes or ends before the server listens
 */
export async function startBuiltin({ script, workspace }: StartOptions): Promise<Builtin> {
  const token = randomBytes(32).toString('base64url')
  const workerData: WorkerData = { workspace, token }
  const worker = new Worker(script, {
    name: 'infill-builtin',
    workerData,
    // The thread needs no environment variables and options of the editor; some contain secrets.
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const ended = new Promise<Error | undefined>((resolve) => {
    worker.once('error', (cause) => resolve(new Error(reason(cause), { cause })))
    // After `terminate`, the exit code is 1 and there is no error.
    worker.once('exit', () => resolve(undefined))
  })
  try {
    const [url]: readonly unknown[] = await Promise.race([
      once(worker, 'message'),
      ended.then((error) => {
        throw error ?? new Error('the thread ended')
      }),
    ])
    worker.unref()
    return {
      url: String(url),
      token,
      ended,
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      update: (next) => worker.postMessage(next),
      dispose: async () => void (await worker.terminate()),
    }
  } catch (cause) {
    await worker.terminate()
    throw new Error(`The built-in endpoint did not start: ${reason(cause)}`, { cause })
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
