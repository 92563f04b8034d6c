// Measures commands in the extension host of a real editor: npm run bench -- editor [--json]
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'
import { HEADER, isMet, rowOf } from './figure.ts'
import type { Figures } from './inHost/figures.ts'
import { isLagMet, lagRow } from './lag.ts'

const file = join(root, 'out', 'bench.json')

async function measure(): Promise<Figures> {
  await mkdir(join(root, 'out'), { recursive: true })
  await node('esbuild.js', '--production', '--tests')
  await node('test/launcher/integration.ts', 'speed is near')
  return JSON.parse(await readFile(file, 'utf8'))
}

async function node(...args: string[]): Promise<void> {
  const env = { ...process.env, INFILL_BENCH: file }
  await run(process.execPath, args, { cwd: root, env, timeout: 1_200_000 })
}

const { figures, lags } = await measure()
const all = figures.every((each) => isMet(each)) && lags.every((each) => isLagMet(each))
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ figures, lags, isMet: all }, null, 2))
} else {
  console.log([HEADER, ...figures.map(rowOf), ...lags.map(lagRow)].join('\n'))
}
if (!all) process.exitCode = 1
