import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { PythonTask } from './humanEval.ts'

/**
 * Runs a program that a model has written: in namespaces of its own, so without network and without other
 * processes, in a root of its own that has Python and nothing else of this computer, read-only, as a user
 * without capabilities, and with limits of memory, CPU time, file size and processes.
 *
 * $1: the folder of the Python installation, $2: its program
 */
const SANDBOX = `
set -e
mount -t tmpfs -o size=16m,mode=755 tmpfs .
cd "$PWD"
for path in /bin /lib /lib32 /lib64 /usr "$1"; do
  if [ -L "$path" ]; then ln -s "$(readlink "$path")" ".$path"
  elif [ -d "$path" ] && [ ! -e ".$path" ]; then
    mkdir -p ".$path"
    mount --rbind "$path" ".$path"
    mount -o remount,bind,ro ".$path"
  fi
done
mkdir etc tmp
[ ! -e /etc/ld.so.cache ] || cp /etc/ld.so.cache etc
exec chroot . setpriv --bounding-set=-all --inh-caps=-all --no-new-privs \\
  prlimit --as=1073741824 --cpu=5 --fsize=1048576 --nproc=64 --core=0 "$2" -I -
`
const NAMESPACES = '--map-root-user --net --pid --mount --ipc --uts --fork --kill-child'.split(' ')

/** Limit of the wall time of a program, in ms */
const TIME = 10_000

/** What must not be possible. It ends with 0 when none of it is. */
const FORBIDDEN = `
import os, socket, sys
def connect(): socket.create_connection(("127.0.0.1", 9), 1)
def read(): open("/etc/passwd")
def write(): open("/usr/infill", "w")
for number, action in enumerate([connect, read, write]):
  try: action()
  except ConnectionRefusedError: sys.exit(10 + number)
  except OSError: continue
  sys.exit(10 + number)
`
const FAULTS = new Map([
  [10, 'the network cannot be taken away from a program'],
  [11, 'the files of this computer cannot be taken away from a program'],
  [12, 'the files of this computer cannot be made read-only'],
])

export interface Sandbox {
  /** Whether the completed program passes the tests of its task */
  passes(task: PythonTask, text: string): Promise<boolean>
}

/** @throws Error with the reason when programs cannot be run safely on this machine */
export async function openSandbox(): Promise<Sandbox> {
  const python = await findPython()
  const code = await runPython(python, FORBIDDEN)
  if (code !== 0) throw new Error(FAULTS.get(code ?? -1) ?? 'there is no sandbox for programs here')
  return {
    async passes(task, text) {
      const program = `${task.before}${text}${task.after}\n${task.test}\ncheck(${task.entryPoint})\n`
      return (await runPython(python, program)) === 0
    },
  }
}

interface Python {
  /** The path of the interpreter */
  readonly program: string
  /** The folder of the installation */
  readonly folder: string
}

const execute = promisify(execFile)

/** The interpreter itself: `python3` may be a script that selects one. @throws Error without Python */
async function findPython(): Promise<Python> {
  const code = 'import os, sys; print(os.path.realpath(sys.executable)); print(sys.base_prefix)'
  const { stdout } = await execute('python3', ['-I', '-c', code])
  const [program = '', folder = ''] = stdout.trim().split('\n')
  return { program, folder }
}

/** @returns the exit code; `null` when it was killed */
async function runPython(python: Python, program: string): Promise<number | null> {
  const folder = await mkdtemp(join(tmpdir(), 'infill-eval-'))
  try {
    const args = [...NAMESPACES, 'sh', '-c', SANDBOX, 'sh', python.folder, python.program]
    const child = spawn('unshare', args, {
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
