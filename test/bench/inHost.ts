import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { root } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'

const file = join(root, 'out', 'bench.json')

/** Runs a test in the extension host of a real editor in its long form, and returns what it wrote. */
export async function measureInHost(pattern: string): Promise<unknown> {
  await mkdir(join(root, 'out'), { recursive: true })
  await node('esbuild.js', '--production', '--tests')
  await node('test/launcher/integration.ts', pattern)
  return JSON.parse(await readFile(file, 'utf8'))
}

async function node(...args: string[]): Promise<void> {
  const env = { ...process.env, INFILL_BENCH: file }
  await run(process.execPath, args, { cwd: root, env, timeout: 1_800_000 })
}
