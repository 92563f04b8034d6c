import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launch } from './browser.ts'
import type { ServerEditor } from './choose.ts'
import type { Profile } from './profile.ts'
import { startServer } from './server.ts'

export type Platform = 'win32' | 'darwin' | 'linux'

/** The window of an editor. `url` is its address for other browsers. */
export type Window = {
  page: Page
  url: string | undefined
  /** Returns the editor's output so far. */
  output: () => string
  close: () => Promise<void>
}

export type WindowOptions = {
  profile: Profile
  workspace: string
  /** Folder of an extension under development */
  extension?: string | undefined
  /** Module with the tests for the extension host */
  tests?: string | undefined
  /** Value of `--log`: `infill.infill:trace` */
  logLevel?: string | undefined
  /** Platform of the key bindings, which the user agent selects in a browser */
  platform?: Platform | undefined
  env?: NodeJS.ProcessEnv | undefined
  /** VS Code's display language, which only the server build can have without a language pack */
  language?: string | undefined
  /** Called before the page opens */
  prepare?: (page: Page) => Promise<void>
}

function userAgent(platform: Platform, major: string): string {
  const systems: Record<Platform, string> = {
    win32: 'Windows NT 10.0; Win64; x64',
    darwin: 'Macintosh; Intel Mac OS X 10_15_7',
    linux: 'X11; Linux x86_64',
  }
  return `Mozilla/5.0 (${systems[platform]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`
}

/** Starts the server build and opens its workbench in a headless browser. */
export async function openServerWindow(
  editor: ServerEditor,
  options: WindowOptions,
): Promise<Window> {
  const server = await startServer(editor.main, options.profile, options.env)
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close()
    await server.stop()
  }
  try {
    browser = await launch(editor.browser)
    const [major = ''] = editor.browser.version.split('.')
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      ...(options.platform && { userAgent: userAgent(options.platform, major) }),
    })
    const page = await context.newPage()
    if (options.language !== undefined) await page.addInitScript(setLanguage, options.language)
    await options.prepare?.(page)
    const url = address(server.url, options)
    await page.goto(url)
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 })
    return { page, url, output: server.output, close }
  } catch (error) {
    await close()
    throw new Error(`The editor did not open. Output of the server:\n${server.output()}`, {
      cause: error,
    })
  }
}

/** Runs in the page, before VS Code reads its language. */
function setLanguage(language: string): void {
  Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { get: () => language, set: () => {} })
}

function address(server: string, options: WindowOptions): string {
  const { extension, tests, logLevel, workspace } = options
  const remote = (path: string) =>
    server.replace('http:', 'vscode-remote:') + pathToFileURL(path).pathname
  const payload = [
    ['skipWelcome', 'true'],
    ...(extension === undefined ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ...(logLevel === undefined ? [] : [['logLevel', logLevel]]),
  ]
  const query = new URLSearchParams({
    folder: decodeURIComponent(pathToFileURL(workspace).pathname),
    payload: JSON.stringify(payload),
  })
  return `${server}/?${query.toString()}`
}
