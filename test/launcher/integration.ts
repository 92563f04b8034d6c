// `node test/launcher/setup.js integration [PATTERN]`: runs the tests in the extension host.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runTests, TestRunFailedError } from '@vscode/test-electron'
import { type AnyEditor, chooseEditor } from './choose.ts'
import { root } from './paths.ts'
import { createProfile, type Profile, removeProfile } from './profile.ts'
import { copySample } from './sample.ts'
import type { ServerEditorOptions } from './serverEditor.ts'
import type { Platform } from './serverWindow.ts'

/** Returns a command that starts this editor and accepts the desktop build's arguments. */
function command(editor: AnyEditor, profile: Profile, platform: Platform): [string, ...string[]] {
  if (editor.kind === 'desktop') return editor.command
  const options: ServerEditorOptions = { editor, profile, platform }
  const script = join(root, 'test', 'launcher', 'serverEditor.ts')
  return [process.execPath, script, `--server-editor=${JSON.stringify(options)}`]
}

async function resultsIn(folder: string): Promise<number> {
  return (await readdir(folder)).filter((file) => file.startsWith('results-')).length
}

/** Runs the tests with this pattern in their titles in a new editor with the key bindings of a platform. */
async function runInEditor(
  editor: AnyEditor,
  platform: Platform,
  pattern?: string,
): Promise<boolean> {
  const profile = await createProfile()
  const sample = await copySample()
  const [vscodeExecutablePath, ...rest] = command(editor, profile, platform)
  const results = process.env['INFILL_RESULTS'] ?? profile.folder
  const before = await resultsIn(results)
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'out', 'integration', 'index.cjs'),
      extensionTestsEnv: {
        INFILL_KEYS_OF: platform,
        INFILL_GREP: pattern,
        INFILL_RESULTS: results,
        INFILL_USER_DATA: profile.data,
        INFILL_BENCH: process.env['INFILL_BENCH'],
      },
      launchArgs: [
        ...rest,
        sample.folder,
        `--user-data-dir=${profile.data}`,
        `--extensions-dir=${profile.extensions}`,
      ],
    })
    // An editor that exits with code 0 but without results did not finish the tests.
    const finished = (await resultsIn(results)) > before
    if (!finished) console.error('The editor exited before the tests finished.')
    return finished
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error
    console.error(`${error.message}. See out/integration.log for the output of the editor.`)
    return false
  } finally {
    await sample.remove()
    await removeProfile(profile)
  }
}

const current: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
const editor = await chooseEditor()
await rm(join(root, 'out', 'integration.log'), { force: true })
let passed = await runInEditor(editor, current, process.argv[2])
if (editor.kind === 'server' && process.argv[2] === undefined) {
  // In a browser the user agent selects the default keys, so one system can test those of all systems.
  for (const platform of (['win32', 'darwin', 'linux'] as const).filter(
    (each) => each !== current,
  )) {
    if (interruption.signal.aborted) break
    console.log(`Default keys of ${platform}:`)
    passed = (await runInEditor(editor, platform, 'default keys')) && passed
  }
}
process.exitCode = passed ? 0 : 1
