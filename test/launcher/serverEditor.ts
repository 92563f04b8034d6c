// Stands in for the desktop build's program where tests run in the extension host: it takes the same
// arguments, shows what the tests write, and exits with their code.
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { format, parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import type { ServerEditor } from './choose.ts'
import { mark } from './mark.ts'
import { root } from './paths.ts'
import type { Profile } from './profile.ts'
import { openServerWindow, type Platform } from './serverWindow.ts'

/** What the desktop build's arguments have no place for, as JSON in `--server-editor`. */
export type ServerEditorOptions = {
  editor: ServerEditor
  profile: Profile
  /** Whose key bindings. */
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
const over = Promise.withResolvers<number>()

process.once('SIGINT', () => over.reject(new Error('Interrupted')))
process.once('SIGTERM', () => over.reject(new Error('Ended from outside')))

async function prepare(page: Page): Promise<void> {
  await page.exposeFunction('codeAutomationLog', print)
  // The code of an extension host that was ended by a signal is null.
  await page.exposeFunction('codeAutomationExit', (code: number | null) => over.resolve(code ?? 1))
  page.on('crash', () => over.reject(new Error('The window crashed')))
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
// After a crash the window offers to start a new extension host and waits for somebody to say yes.
// At a good end it is gone as well, just before or after the window tells the tests' code.
const crashWatch = setInterval(() => {
  const end = /Extension Host Process exited with code: .*/.exec(window.output())
  if (end === null) return
  clearInterval(crashWatch)
  setTimeout(() => over.reject(new Error(end[0])), 5_000).unref()
}, 500)
try {
  process.exitCode = await over.promise
} finally {
  clearInterval(crashWatch)
  await window.close()
}
