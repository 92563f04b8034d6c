import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * Returns the system's trusted certificates in PEM format; empty where Node cannot read them. Node
 * reads them synchronously, which takes 0.1 s on Linux and much longer on some Macs; so a worker
 * thread reads them.
 */
export async function systemCertificates(): Promise<readonly string[]> {
  const worker = new Worker(SCRIPT, { eval: true, execArgv: [] })
  try {
    const [found]: unknown[] = await once(worker, 'message')
    return Array.isArray(found) ? found.map(String) : []
  } catch {
    // The worker failed: some releases of Electron cannot read them. Node's own list is used in any
    // case.
    return []
  } finally {
    await worker.terminate()
  }
}

const SCRIPT = `
  const { parentPort } = require('node:worker_threads')
  parentPort.postMessage(require('node:tls').getCACertificates('system'))
`
