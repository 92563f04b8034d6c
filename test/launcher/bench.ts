// `npm run bench -- restore`: runs one of the measurements in test/bench.
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { root } from './paths.ts'
import { run } from './run.ts'

const jobs = ['client', 'editor', 'model', 'restore']

const [job = ''] = process.argv.slice(2)
if (!jobs.includes(job)) {
  console.error(`npm run bench -- ${jobs.join(' | ')}`)
  process.exit(2)
}
if (job === 'editor') {
  // Measured in the extension host: the figures are written to out/bench.json.
  await mkdir(join(root, 'out'), { recursive: true })
  process.env['INFILL_BENCH'] = join(root, 'out', 'bench.json')
  process.argv[2] = 'speed is near'
  await run(process.execPath, ['esbuild.js', '--tests'], { cwd: root, timeout: 120_000 })
  await import('./integration.ts')
  const { rows } = JSON.parse(await readFile(process.env['INFILL_BENCH'], 'utf8'))
  console.log(rows.join('\n'))
} else await import(`../bench/${job}.ts`)
