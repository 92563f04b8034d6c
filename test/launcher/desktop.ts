import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SilentReporter, downloadAndUnzipVSCode } from '@vscode/test-electron'
import { cacheFolder } from './paths.ts'

/** The version of the server build, so that both behave the same */
const version = '1.139.1'

/** Downloads the desktop build unless it is cached. Throws if the host cannot be reached. */
export async function desktopBuild(): Promise<{ executable: string; version: string }> {
  const executable = await downloadAndUnzipVSCode({
    version,
    cachePath: cacheFolder,
    reporter: new SilentReporter(),
    // Idle time after which the host counts as unreachable, in milliseconds.
    timeout: 5_000,
  })
  return { executable, version }
}

/** Returns the command that provides a display for the editor, if one is needed. Undefined: no display. */
export function display(): string[] | undefined {
  const { env, platform } = process
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return []
  const folders = (env['PATH'] ?? '').split(delimiter)
  const xvfb = folders.map((folder) => join(folder, 'xvfb-run')).find((each) => existsSync(each))
  return xvfb === undefined ? undefined : [xvfb, '-a']
}
