// A process that writes to a ledger: node writer.probe.ts FOLDER COUNT
// Its clock goes on by 10 minutes with each entry, so that there are earlier days to compact.
import { createLedger } from '../../../../src/usage/ledger/ledger.ts'
import { noon, runEntry } from './support.ts'

const [folder = '', count = '0'] = process.argv.slice(2)
let at = noon('2026-11-01')
const ledger = createLedger({
  folder,
  now: () => at,
  onFault(code) {
    console.error(`fault: ${code}`)
    process.exitCode = 1
  },
})
for (let number = 1; number <= Number(count); number++) {
  at += 600_000
  ledger.add(runEntry({ at, prompt_tokens: 3 }))
  await ledger.settled()
  // What is on the disk when this is read is never lost.
  process.stdout.write(`${number}\n`)
}
