// Entry point for a fresh clone: `node test/launcher/setup.js [JOB [ARGUMENT…]]` installs missing or
// outdated dependencies, finds a Node.js that runs TypeScript, and runs JOB.ts with it.
//
// This file is JavaScript and imports no packages: it runs before any are installed, on Node.js 20
// and later.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = join(root, 'node_modules')
const bin = join(modules, '.bin')
const windows = process.platform === 'win32'

/** @param {string} file */
const contents = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

function installDependencies() {
  const lock = contents(join(root, 'package-lock.json'))
  const installed = join(modules, '.installed-lock.json')
  if (lock !== undefined && lock === contents(installed)) return
  console.log('Installing dependencies (npm ci)…')
  const options = ['--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', ...options], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  })
  if (error) fail(`Cannot start npm: ${error.message}`)
  if (status !== 0) fail(`npm ci failed with exit code ${status}`)
  writeFileSync(installed, lock ?? '')
}

/** The Node.js installed with the dependencies, or else the current one. undici needs 22.19 or later. */
function findNode() {
  const target = `${windows ? 'win' : process.platform}-${process.arch}`
  const candidates = [
    ...['node', 'node-bin'].map((name) =>
      join(modules, `${name}-${target}`, 'bin', windows ? 'node.exe' : 'node'),
    ),
    process.execPath,
  ]
  for (const candidate of candidates.filter((each) => existsSync(each))) {
    const { stdout } = spawnSync(candidate, ['--version'], { encoding: 'utf8' })
    const [major = 0, minor = 0] = (stdout ?? '').slice(1).split('.').map(Number)
    if (major > 22 || (major === 22 && minor >= 19)) return candidate
  }
  return fail(
    `Node.js 22.19 or later is required. This is ${process.version}, and npm ci installed no other.`,
  )
}

/** @param {string} node */
function environment(node) {
  // On Windows the variable is named Path, and a copy of process.env is case-sensitive.
  const name = Object.keys(process.env).find((each) => each.toUpperCase() === 'PATH') ?? 'PATH'
  const path = [bin, dirname(node), process.env[name]].join(delimiter)
  return { ...process.env, [name]: path }
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}

installDependencies()
const [job, ...rest] = process.argv.slice(2)
if (job !== undefined) {
  const script =
    ['launcher', 'pictures']
      .map((folder) => join(root, 'test', folder, `${job}.ts`))
      .find((each) => existsSync(each)) ?? fail(`Unknown job: ${job}`)
  const node = findNode()
  const child = spawn(node, [script, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: environment(node),
  })
  // The job exits after its cleanup. Exiting before it would interrupt the cleanup.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
