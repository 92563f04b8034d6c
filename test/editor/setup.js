// The way in for a fresh clone: `node test/editor/setup.js JOB [ARGUMENT…]` installs the dependencies
// where they are missing or old, finds a Node that can run TypeScript, and hands over to JOB.ts.
//
// It is JavaScript without imports of packages, because it runs before there are any, and on Nodes
// as old as 20.
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
  console.log('Installing the dependencies (npm ci)…')
  const options = ['--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', ...options], {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  })
  if (error) fail(`npm could not be started: ${error.message}`)
  if (status !== 0) fail(`npm ci failed with code ${status}`)
  writeFileSync(installed, lock ?? '')
}

/** The Node that came with the dependencies, else this one: the client needs at least 22.19. */
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
  return fail(`Node 22.19 or newer is needed; this is ${process.version}, and npm ci brought none.`)
}

/** @param {string} node */
function environment(node) {
  // Windows calls it Path, and a copy of the environment is no longer blind to case.
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
  const script = join(root, 'test', 'editor', `${job}.ts`)
  if (!existsSync(script)) fail(`There is no job named ${job}: ${script} does not exist.`)
  const node = findNode()
  const child = spawn(node, [script, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: environment(node),
  })
  // The job ends by itself, having cleaned up; leaving before it would cut that short.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
