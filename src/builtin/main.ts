// The built-in endpoint as a standalone server: npm run builtin -- --root DIR [--port P] [--token T]
//
// When it listens, it prints one line of JSON to stdout: {"url": …, "token": …}
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openLibrary } from './library.ts'
import { serve } from './server.ts'

const USAGE = 'npm run builtin -- --root DIR [--root DIR]… [--port PORT] [--token TOKEN]'

/** @throws Error with a message of one line for the user */
function readArguments(): { roots: string[]; port: number; token: string } {
  const { values } = parseArgs({
    options: {
      root: { type: 'string', multiple: true, default: [] },
      port: { type: 'string', default: '0' },
      token: { type: 'string', default: randomBytes(32).toString('base64url') },
    },
  })
  const { root: roots, port, token } = values
  if (roots.length === 0) throw new Error('--root is missing')
  for (const root of roots) {
    const isFolder = statSync(root, { throwIfNoEntry: false })?.isDirectory() ?? false
    if (!isFolder) throw new Error(`--root: no such folder: ${root}`)
  }
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not ${port}`)
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('--token must be printable ASCII characters without spaces')
  }
  return { roots: roots.map((root) => resolve(root)), port: Number(port), token }
}

try {
  const { roots, port, token } = readArguments()
  // A program can wait: unless the folders are huge, the first completion has read all of them.
  const { url } = await serve(openLibrary({ roots }, { firstScan: 5000 }), { token, port })
  process.stdout.write(`${JSON.stringify({ url, token })}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit())
} catch (error) {
  const [message] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  process.stderr.write(`${message} (usage: ${USAGE})\n`)
  process.exitCode = 2
}
