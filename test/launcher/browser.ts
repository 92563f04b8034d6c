import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { headlessShell } from './headlessShell.ts'
import { run } from './run.ts'

/** A Chromium that is known to start on this system */
export type BrowserChoice = {
  executable: string
  /** Folder with shared libraries that are missing on the system */
  libraries?: string
  version: string
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function launch(choice: Omit<BrowserChoice, 'version'>): Promise<Browser> {
  const folders = [choice.libraries, process.env['LD_LIBRARY_PATH']].filter(Boolean)
  return chromium.launch({
    executablePath: choice.executable,
    args: flags,
    env: { ...process.env, ...(choice.libraries && { LD_LIBRARY_PATH: folders.join(delimiter) }) },
    timeout: 30_000,
    // The owner of an editor closes it, also after a signal. Playwright would end this process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
}

/** Returns the browser in CHROME_PATH, else an installed one, else one from a package registry. */
export async function findBrowser(): Promise<BrowserChoice> {
  const named = process.env['CHROME_PATH']
  if (named !== undefined) return tryToStart(named)
  const installed = installedBrowsers().find((each) => existsSync(each))
  if (installed !== undefined) return tryToStart(installed)
  const failures: string[] = []
  for (const install of [fromNpm, fromApt]) {
    try {
      return await install()
    } catch (error) {
      failures.push(error instanceof Error ? error.message.trim() : String(error))
    }
  }
  throw new Error(
    'No Chromium found. Install Chrome, Chromium or Edge, or set CHROME_PATH.\n' +
      failures.join('\n'),
  )
}

async function tryToStart(executable: string, libraries?: string): Promise<BrowserChoice> {
  const choice = { executable, ...(libraries && { libraries }) }
  const browser = await launch(choice)
  try {
    return { ...choice, version: browser.version() }
  } finally {
    await browser.close()
  }
}

async function fromNpm(): Promise<BrowserChoice> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`No npm package with Chromium for ${process.platform} ${process.arch}.`)
  }
  const { executable, libraries } = await headlessShell()
  try {
    return await tryToStart(executable)
  } catch {
    // Minimal systems have no NSS and no expat. The package contains both.
    return tryToStart(executable, libraries)
  }
}

async function fromApt(): Promise<BrowserChoice> {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = [...sudo, 'apt-get']
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [program = '', ...rest] = [...apt, ...args]
    await run(program, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  return tryToStart('/usr/bin/chromium')
}

function installedBrowsers(): string[] {
  const { env, platform } = process
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LocalAppData']]
    const apps = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ]
    return folders.flatMap((folder) => (folder ? apps.map((app) => join(folder, app)) : []))
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ]
  const folders = (env['PATH'] ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}
