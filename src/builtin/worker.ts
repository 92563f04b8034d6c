import { parentPort, workerData } from 'node:worker_threads'
import { openEndpoint } from './endpoint.ts'

/** What the starter gives to this thread. */
export interface WorkerInput {
  readonly roots: readonly string[]
  readonly token: string
}

const input: WorkerInput = workerData
// The starter hears once from this thread: where it listens, or why it does not.
const message = await openEndpoint(input).then(
  ({ url }) => ({ url }),
  (error: unknown) => ({ error: String(error) }),
)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(message)
