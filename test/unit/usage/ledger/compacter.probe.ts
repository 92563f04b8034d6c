// A process that compacts all files again and again until SIGTERM, and writes a line each time:
// node compacter.probe.ts FOLDER
import { compact } from '../../../../src/usage/ledger/compact.ts'
import { noon } from './support.ts'

const [folder = ''] = process.argv.slice(2)
const over = new AbortController()
process.once('SIGTERM', () => over.abort())
while (!over.signal.aborted) {
  if (await compact(folder, noon('2026-12-24'))) process.stdout.write('compacted\n')
}
