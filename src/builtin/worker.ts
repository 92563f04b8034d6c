import { parentPort, workerData } from 'node:worker_threads'
import { openEndpoint, type EndpointOptions } from './endpoint.ts'
import type { Workspace } from './library.ts'

const input: EndpointOptions = workerData
// The starter hears once from this thread: where it listens, or why it does not.
const message = await openEndpoint(input).then(
  (endpoint) => {
    parentPort?.on('message', (workspace: Workspace) => endpoint.update(workspace))
    return { url: endpoint.url }
  },
  (error: unknown) => ({ error: String(error) }),
)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(message)
