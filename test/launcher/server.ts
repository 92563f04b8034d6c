import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Profile } from './profile.ts'
import { until } from './run.ts'

/** A running server build. It runs the extension host and serves the workbench at `url`. */
export type Server = {
  url: string
  /** Returns the output so far, for error messages. */
  output: () => string
  stop: () => Promise<void>
}

export const serverArguments = (profile: Profile): string[] => [
  '--accept-server-license-terms',
  `--server-data-dir=${profile.folder}`,
  `--extensions-dir=${profile.extensions}`,
]

const flags = [
  '--host=127.0.0.1',
  '--port=0',
  '--without-connection-token',
  // Without it, a built VS Code ignores an extension under development in the address.
  '--enable-smoke-test-driver',
  '--disable-telemetry',
  '--disable-experiments',
  '--disable-workspace-trust',
  '--disable-getting-started-override',
  '--skip-welcome',
]

export async function startServer(
  main: string,
  profile: Profile,
  env: NodeJS.ProcessEnv = {},
): Promise<Server> {
  const child = spawn(process.execPath, [main, ...flags, ...serverArguments(profile)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  killOnExit(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  try {
    const port = await until('the server to listen', () => {
      if (child.exitCode !== null) throw new Error(`The server exited with code ${child.exitCode}`)
      return /listening on (\d+)/.exec(output)?.[1]
    })
    const url = `http://127.0.0.1:${port}`
    return { url, output: () => output, stop: () => stop(child) }
  } catch (error) {
    await stop(child)
    throw new Error(`The server did not start:\n${output}`, { cause: error })
  }
}

/** Kills the child process when this process exits. */
export function killOnExit(child: ChildProcess): void {
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

/** Sends SIGTERM, and SIGKILL if the process has not exited after five seconds. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(hard)
}
