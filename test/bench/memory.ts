// Measures what a session holds after 198 and 1,002 completions: npm run bench -- memory [--json]
import process from 'node:process'
import { grown, rowsOf, type Held } from './held.ts'
import { measureInHost } from './inHost.ts'

const { few, many } = (await measureInHost('memory is flat')) as { few: Held; many: Held }
const isMet = grown(few, many).length === 0
if (process.argv.includes('--json')) console.log(JSON.stringify({ few, many, isMet }, null, 2))
else console.log(['After 198 → 1,002 completions (bound):', ...rowsOf(few, many)].join('\n'))
if (!isMet) process.exitCode = 1
