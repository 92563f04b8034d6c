// Measures the built-in endpoint with 16 MB of workspace: npm run bench -- builtin [--json]
import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { readFile } from 'node:fs/promises'
import { tokensOf } from '../../src/builtin/model/tokens.ts'
import { openLibrary } from '../../src/builtin/library.ts'
import { startBuiltin, type Builtin } from '../../src/builtin/start.ts'
import { root } from '../launcher/paths.ts'
import { run } from '../launcher/run.ts'
import { random } from '../support/random.ts'
import { middle } from './figure.ts'

const SIZE = 16 * 1024 * 1024
const ROUNDS = 10
const REQUESTS = 200
/**
 * Reading in s, the first token of 95 % of the requests in ms, and the resident memory in MB. The times are
 * those of a machine whose floor of reading takes `floor`, in s; on a slower one they are longer.
 */
const BOUNDS = { reading: 2, firstToken: 25, resident: 400, floor: 0.7 }

/** Copies source files of the installed packages, 16 MB in all, and returns their paths. */
async function copySources(folder: string): Promise<string[]> {
  const modules = join(root, 'node_modules')
  const names = (await readdir(modules, { recursive: true })).filter((name) =>
    /\.(?:[cm]?js|ts|json|md)$/.test(name),
  )
  const copied: string[] = []
  let left = SIZE
  for (const name of names.toSorted()) {
    const { size } = await stat(join(modules, name))
    if (size > 200_000 || size > left) continue
    left -= size
    const to = join(
      folder,
      String(copied.length % 40),
      `${copied.length}-${name.split(/[\\/]/).at(-1)}`,
    )
    await cp(join(modules, name), to)
    copied.push(to)
    if (left < 1000) break
  }
  if (left > SIZE / 100) throw new Error(`${left} bytes are missing.`)
  return copied
}

async function readingTime(folder: string): Promise<number> {
  const start = performance.now()
  const library = openLibrary({ roots: [folder] }, { firstScan: 60_000 })
  await library.ready()
  return (performance.now() - start) / 1000
}

/** What no reader can do without: reads each file and splits it into tokens. */
async function floorTime(files: readonly string[]): Promise<number> {
  const start = performance.now()
  let count = 0
  for (const file of files) count += tokensOf(await readFile(file, 'utf8')).length
  if (count === 0) throw new Error('The files are empty.')
  return (performance.now() - start) / 1000
}

async function firstToken(builtin: Builtin, prompt: string, suffix: string): Promise<number> {
  const start = performance.now()
  const response = await fetch(`${builtin.url}/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${builtin.token}` },
    body: JSON.stringify({ prompt, suffix, max_tokens: 64, stream: true, temperature: 0.2 }),
  })
  let time = Number.NaN
  for await (const _ of response.body ?? []) {
    if (Number.isNaN(time)) time = performance.now() - start
  }
  return time
}

/** The first tokens of completions at random places, in ms, after the workspace was read */
async function firstTokens(folder: string, files: readonly string[]): Promise<number[]> {
  await run(process.execPath, ['esbuild.js', '--production'], { cwd: root, timeout: 120_000 })
  const script = join(root, 'dist', 'builtin.js')
  const builtin = await startBuiltin({ script, workspace: { roots: [folder] } })
  const chance = random(7)
  const times: number[] = []
  try {
    await firstToken(builtin, 'a', 'b')
    await new Promise((resolve) => setTimeout(resolve, 6000))
    while (times.length < REQUESTS) {
      const text = await readFile(chance.pick(files), 'utf8')
      // The pace of a fast user would be slower.
      await new Promise((resolve) => setTimeout(resolve, 50))
      const at = chance.below(text.length)
      times.push(
        await firstToken(
          builtin,
          text.slice(Math.max(0, at - 9000), at),
          text.slice(at, at + 3000),
        ),
      )
    }
  } finally {
    await builtin.dispose()
  }
  return times.toSorted((a, b) => a - b)
}

const folder = await mkdtemp(join(tmpdir(), 'infill-builtin-'))
try {
  const files = await copySources(folder)
  const before = process.memoryUsage().rss
  const tokens = await firstTokens(folder, files)
  const resident = (process.memoryUsage().rss - before) / 1024 / 1024
  const readings: number[] = []
  const floors: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    floors.push(await floorTime(files))
    readings.push(await readingTime(folder))
  }
  const slower = Math.max(1, middle(floors) / BOUNDS.floor)
  const late = tokens[Math.floor(tokens.length * 0.95)] ?? Number.NaN
  const isMet =
    middle(readings) <= BOUNDS.reading * slower &&
    late <= BOUNDS.firstToken * slower &&
    resident <= BOUNDS.resident
  if (process.argv.includes('--json')) {
    console.log(
      JSON.stringify({ files: files.length, readings, floors, tokens, resident, isMet }, null, 2),
    )
  } else {
    const spread = `${Math.min(...readings).toFixed(2)}…${Math.max(...readings).toFixed(2)}`
    console.log(`${files.length} files, 16 MB, on a machine that is ${slower.toFixed(1)} times slower
floor:        ${middle(floors).toFixed(2)} s to read and split the files
reading:      ${middle(readings).toFixed(2)} s (${spread}), at most ${BOUNDS.reading}
first token:  ${middle(tokens).toFixed(1)} ms, ${late.toFixed(1)} at 95 % of ${tokens.length}, at most ${BOUNDS.firstToken}
memory:       ${resident.toFixed(0)} MB more, at most ${BOUNDS.resident}`)
  }
  if (!isMet) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
