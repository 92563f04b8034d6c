import { spawn } from 'node:child_process'
import { stopGroup } from './stopGroup.ts'

/** Name, time limit in seconds, and the arguments for Node.js */
export interface Part {
  name: string
  limit: number
  args: string[]
}

/**
 * Runs a part in its own process group, so that the time limit ends all of its processes. Returns its
 * exit code.
 */
export async function runLimited(
  { name, limit, args }: Part,
  env: NodeJS.ProcessEnv,
  interruption: AbortSignal,
): Promise<number> {
  console.log(`\n── ${name} ──`)
  const child = spawn(process.execPath, args, {
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    env: { ...process.env, ...env },
  })
  const interrupt = () => stopGroup(child, 'SIGINT')
  interruption.addEventListener('abort', interrupt)
  const timer = setTimeout(() => {
    console.error(`${name}: timed out after ${limit} s`)
    stopGroup(child, 'SIGKILL')
  }, limit * 1000)
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    clearTimeout(timer)
    interruption.removeEventListener('abort', interrupt)
  }
}

/** Returns a signal that SIGINT and SIGTERM abort. */
export function interruptionSignal(): AbortSignal {
  const interruption = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => interruption.abort())
  return interruption.signal
}
