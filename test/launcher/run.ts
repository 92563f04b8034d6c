import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const windows = process.platform === 'win32'

/** Runs a program and returns its standard output. Throws if it fails; the error contains the output. */
export async function run(
  program: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    timeout: 300_000,
    maxBuffer: 64 * 1024 * 1024,
    // npm is a .cmd file on Windows. Only a shell can start it.
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

/** Polls until the result is not undefined. Throws after the timeout. Times are in milliseconds. */
export async function until<T>(
  what: string,
  poll: () => Promise<T | undefined> | T | undefined,
  timeout = 30_000,
  interval = 50,
): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    const result = await poll()
    if (result !== undefined) return result
    if (Date.now() > end) throw new Error(`Timed out after ${timeout / 1000} s waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}
