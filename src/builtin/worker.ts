import { parentPort, workerData } from 'node:worker_threads'
import { openLibrary, type Workspace } from './library.ts'
import { serve } from './server.ts'

export interface WorkerData {
  readonly workspace: Workspace
  readonly token: string
}

const { workspace, token }: WorkerData = workerData
const library = openLibrary(workspace)
const { url } = await serve(library, { token })
parentPort?.on('message', (next: Workspace) => library.update(next))
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(url)
