import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * The certificates that the system trusts, in PEM; none where Node cannot tell. Node reads them
 * without letting anything else run, for 0.1 s on Linux and much longer on some Macs: hence a thread.
 */
export async function systemCertificates(): Promise<readonly string[]> {
  const worker = new Worker(SCRIPT, { eval: true, execArgv: [] })
  try {
    const [found]: unknown[] = await once(worker, 'message')
    return Array.isArray(found) ? found.map(String) : []
  } catch {
    // It ended by an error: Electron's TLS has had releases without this, and Node's own list is there
    // in any case.
    return []
  } finally {
    await worker.terminate()
  }
}

const SCRIPT = `
  const { parentPort } = require('node:worker_threads')
  parentPort.postMessage(require('node:tls').getCACertificates('system'))
`
