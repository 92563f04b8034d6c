import { spawn } from 'node:child_process'
import { chromium } from 'playwright-core'
import type { DesktopEditor } from './choose.ts'
import { until } from './run.ts'
import { killOnExit, stop } from './server.ts'
import type { Window, WindowOptions } from './serverWindow.ts'

/** Starts the desktop build and connects to its window with Electron's DevTools protocol. */
export async function openDesktopWindow(
  editor: DesktopEditor,
  { profile, workspace, extension, logLevel, env }: WindowOptions,
): Promise<Window> {
  const [program, ...rest] = editor.command
  const args = [
    ...rest,
    workspace,
    '--no-sandbox',
    '--disable-updates',
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    // Electron chooses a port and prints it.
    '--remote-debugging-port=0',
    `--user-data-dir=${profile.data}`,
    `--extensions-dir=${profile.extensions}`,
    ...(extension === undefined ? [] : [`--extensionDevelopmentPath=${extension}`]),
    ...(logLevel === undefined ? [] : [`--log=${logLevel}`]),
  ]
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  killOnExit(child)
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  try {
    const devTools = await until('the editor to start', () => {
      if (child.exitCode !== null) throw new Error(`The editor exited with code ${child.exitCode}`)
      return /DevTools listening on (ws:\S+)/.exec(output)?.[1]
    })
    const browser = await chromium.connectOverCDP(devTools)
    const page = await until('its window', () => browser.contexts()[0]?.pages()[0])
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 })
    const close = async () => {
      await browser.close()
      await stop(child)
    }
    return { page, url: undefined, output: () => output, close }
  } catch (error) {
    await stop(child)
    throw new Error(`The editor did not open. Its output:\n${output}`, { cause: error })
  }
}
