import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary folder with an editor's settings, extensions and logs */
export type Profile = { folder: string; data: string; extensions: string }

export type Settings = Record<string, unknown>

/** No auto-save, prompts, animation or network traffic, and a plain window */
const quiet: Settings = {
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.restoreWindows': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

export async function createProfile(settings: Settings = {}): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'infill-editor-'))
  const profile = { folder, data: join(folder, 'data'), extensions: join(folder, 'extensions') }
  const user = join(profile.data, 'User')
  await mkdir(user, { recursive: true })
  await mkdir(profile.extensions)
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2))
  return profile
}

export async function removeProfile(profile: Profile): Promise<void> {
  await rm(profile.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Returns the text of Infill's log files, oldest first. Empty if there are none. */
export async function readLog(profile: Profile): Promise<string> {
  const entries = await readdir(join(profile.data, 'logs'), { recursive: true })
  const files = entries.filter((entry) => /infill\.infill[^]*\.log$/.test(entry)).toSorted()
  const texts = files.map((file) => readFile(join(profile.data, 'logs', file), 'utf8'))
  return (await Promise.all(texts)).join('')
}
