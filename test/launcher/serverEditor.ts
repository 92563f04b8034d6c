// Replaces the desktop build's executable for tests in the extension host: accepts the same arguments,
// prints the output of the tests, and exits with their code.
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { format, parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import type { ServerEditor } from './choose.ts'
import { mark } from './mark.ts'
import { root } from './paths.ts'
import type { Profile } from './profile.ts'
import { openServerWindow, type Platform } from './serverWindow.ts'

/** Options that the desktop build's arguments do not include, as JSON in `--server-editor` */
export type ServerEditorOptions = {
  editor: ServerEditor
  profile: Profile
  /** Platform of the key bindings */
  platform: Platform
}

const { values, positionals } = parseArgs({ strict: false, allowPositionals: true })
const text = (name: string): string => {
  const value = values[name]
  if (typeof value !== 'string') throw new Error(`--${name} is missing`)
  return value
}
const { editor, profile, platform }: ServerEditorOptions = JSON.parse(text('server-editor'))
const [workspace = process.cwd()] = positionals
const exit = Promise.withResolvers<number>()

process.once('SIGINT', () => exit.reject(new Error('Interrupted')))
process.once('SIGTERM', () => exit.reject(new Error('Terminated')))

async function prepare(page: Page): Promise<void> {
  await page.exposeFunction('codeAutomationLog', print)
  // The code is null if a signal ended the extension host.
  await page.exposeFunction('codeAutomationExit', (code: number | null) => exit.resolve(code ?? 1))
  page.on('crash', () => exit.reject(new Error('The window crashed')))
}

const log = createWriteStream(join(root, 'out', 'integration.log'), { flags: 'a' })

function print(type: string, args: unknown[]): void {
  const line = format(...args)
  if (line.startsWith(mark)) console.log(line.slice(mark.length))
  log.write(`[${type}] ${line}\n`)
}

const window = await openServerWindow(editor, {
  profile,
  workspace,
  platform,
  prepare,
  extension: text('extensionDevelopmentPath'),
  tests: text('extensionTestsPath'),
})
// After a crash the window asks whether to restart the extension host, and waits. After a normal end
// the extension host exits shortly before or after the window reports the exit code of the tests.
const crashWatch = setInterval(() => {
  const crash = /Extension Host Process exited with code: .*/.exec(window.output())
  if (crash === null) return
  clearInterval(crashWatch)
  setTimeout(() => exit.reject(new Error(crash[0])), 5_000).unref()
}, 500)
try {
  process.exitCode = await exit.promise
} finally {
  clearInterval(crashWatch)
  await window.close()
}
