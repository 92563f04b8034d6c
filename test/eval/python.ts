import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PythonTask } from './humanEval.ts'

/**
 * What runs a program that a model has written: without network (an own network namespace), as no user, with
 * limits of memory, CPU time, file size and processes, in an empty folder.
 */
const SANDBOX = [
  ['unshare', '--map-root-user', '--net', '--pid', '--fork', '--kill-child'],
  ['prlimit', '--as=1073741824', '--cpu=5', '--fsize=1048576', '--nproc=64', '--core=0'],
  ['python3', '-I', '-'],
].flat()

/** Limit of the wall time of a program, in ms */
const TIME = 10_000

/** Returns `null` when programs can be run safely on this machine, else the reason why not. */
export async function sandboxFault(): Promise<string | null> {
  const network = 'import socket; socket.create_connection(("127.0.0.1", 9), 1)'
  const program = `import sys\ntry:\n  ${network}\nexcept OSError as error:\n  sys.exit(0 if error.errno == 101 else 3)\nsys.exit(3)`
  try {
    const code = await runPython(program)
    if (code === 0) return null
    return code === 3 ? 'the network cannot be taken away from a program' : `exit code ${code}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Whether the completed program passes the tests of its task */
export async function passes(task: PythonTask, text: string): Promise<boolean> {
  const program = `${task.before}${text}${task.after}\n${task.test}\ncheck(${task.entryPoint})\n`
  return (await runPython(program)) === 0
}

/** @returns the exit code; `null` when it was killed */
async function runPython(program: string): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'infill-eval-'))
  const [command = '', ...args] = SANDBOX
  try {
    const child = spawn(command, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', PYTHONHASHSEED: '0' },
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    })
    const end = setTimeout(() => {
      // The whole group: the program is a child of a child.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    }, TIME)
    try {
      // A program that ends early closes its input.
      child.stdin.on('error', () => undefined)
      child.stdin.end(program)
      const [code]: unknown[] = await once(child, 'close')
      return typeof code === 'number' ? code : null
    } finally {
      clearTimeout(end)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
