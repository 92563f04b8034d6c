// The built-in endpoint as a server of its own: npm run builtin -- --root DIR [--port P] [--token T]
//
// Writes one line of JSON to stdout when it listens: {"url": …, "token": …}
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openEndpoint, type EndpointOptions } from './endpoint.ts'

const usage = 'npm run builtin -- --root DIR [--root DIR]… [--port PORT] [--token TOKEN]'

/** @throws an Error whose message is one line for the user */
function readArguments(): EndpointOptions {
  const { values } = parseArgs({
    options: {
      root: { type: 'string', multiple: true },
      port: { type: 'string', default: '0' },
      token: { type: 'string', default: randomBytes(32).toString('base64url') },
    },
  })
  const { root: roots = [], token } = values
  if (roots.length === 0) throw new Error('--root is missing')
  for (const root of roots) {
    if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Error(`--root: no such folder: ${root}`)
    }
  }
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not ${values.port}`)
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('--token must be printable ASCII characters without spaces')
  }
  return { roots: roots.map((root) => resolve(root)), port, token }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
}

async function main(): Promise<void> {
  let options: EndpointOptions
  try {
    options = readArguments()
  } catch (error) {
    process.stderr.write(`${messageOf(error)} (usage: ${usage})\n`)
    process.exitCode = 2
    return
  }
  try {
    // Who asks by a program can wait: the first answers are of the whole folder, if it is not huge.
    const server = await openEndpoint(options, { firstScan: 5000 })
    process.stdout.write(`${JSON.stringify({ url: server.url, token: options.token })}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close())
    }
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`)
    process.exitCode = 2
  }
}

await main()
