import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SilentReporter, downloadAndUnzipVSCode } from '@vscode/test-electron'
import { cacheFolder } from './paths.ts'

/** The desktop build has a fixed version, the same as the server build, so that both tell the same. */
const version = '1.139.1'

/** Downloads the desktop build unless it is there; throws where its host cannot be reached. */
export async function desktopBuild(): Promise<{ executable: string; version: string }> {
  const executable = await downloadAndUnzipVSCode({
    version,
    cachePath: cacheFolder,
    reporter: new SilentReporter(),
    // Of silence: a host that says nothing for so long is out of reach.
    timeout: 5_000,
  })
  return { executable, version }
}

/** What to put before the editor's own command line so that it finds a display; undefined: none. */
export function display(): string[] | undefined {
  const { env, platform } = process
  if (platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY']) return []
  const folders = (env['PATH'] ?? '').split(delimiter)
  const xvfb = folders.map((folder) => join(folder, 'xvfb-run')).find((each) => existsSync(each))
  return xvfb === undefined ? undefined : [xvfb, '-a']
}
