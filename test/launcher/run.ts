import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const windows = process.platform === 'win32'

/** Runs a program to its end and gives what it wrote; its last lines are in the error if it fails. */
export async function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    timeout: 300_000,
    maxBuffer: 64 * 1024 * 1024,
    // npm is a .cmd file on Windows, which only a shell can start.
    shell: windows && program.endsWith('.cmd'),
    ...options,
  })
  return stdout
}

export async function npm(folder: string, ...args: string[]): Promise<void> {
  await run(windows ? 'npm.cmd' : 'npm', args, { cwd: folder })
}

export async function npmInstall(folder: string, ...args: string[]): Promise<void> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await npm(folder, 'install', ...quiet, ...args)
}

/** Asks until the answer is something, or the time is over. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  timeout = 30_000,
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s for ${what}, in vain`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
