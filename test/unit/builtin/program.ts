import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { withFolder } from './endpoint.ts'

const main = fileURLToPath(new URL('../../../src/builtin/main.ts', import.meta.url))

export type Child = ChildProcessByStdio<null, Readable, Readable>

/** Runs what `npm run builtin` runs. */
export function run(...args: string[]): Child {
  return spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function firstLine({ stdout }: Child): Promise<string> {
  let read = ''
  for await (const part of stdout) {
    read += String(part)
    if (read.includes('\n')) return read
  }
  throw new Error('The program printed nothing.')
}

/** Runs a test against the program, which serves a folder with these files. It must exit with 0. */
export function withProgram(
  files: Readonly<Record<string, string>>,
  test: (server: { url: string; token: string; line: string }) => Promise<void>,
): Promise<void> {
  return withFolder(files, async (root) => {
    const child = run('--root', root, '--token', 'abc')
    try {
      const line = await firstLine(child)
      const { url, token }: { url: string; token: string } = JSON.parse(line)
      await test({ url, token, line })
    } finally {
      child.kill('SIGTERM')
    }
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error(`The program exited with ${code}.`)
  })
}
