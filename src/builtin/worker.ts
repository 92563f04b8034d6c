import { parentPort, workerData } from 'node:worker_threads'
import { openEndpoint, type EndpointOptions } from './endpoint.ts'

const options: EndpointOptions = workerData
const endpoint = await openEndpoint(options)
parentPort?.on('message', endpoint.update)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(endpoint.url)
