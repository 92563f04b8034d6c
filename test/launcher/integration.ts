// `node test/launcher/setup.js integration [PATTERN]`: the tests that run in the extension host.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runTests, TestRunFailedError } from '@vscode/test-electron'
import { type AnyEditor, chooseEditor } from './choose.ts'
import { root } from './paths.ts'
import { createProfile, type Profile, removeProfile } from './profile.ts'
import { copySample } from './sample.ts'
import type { ServerEditorOptions } from './serverEditor.ts'
import type { Platform } from './serverWindow.ts'

/** How this editor is started from a command line that takes the desktop build's arguments. */
function command(editor: AnyEditor, profile: Profile, platform: Platform): [string, ...string[]] {
  if (editor.kind === 'desktop') return editor.command
  const options: ServerEditorOptions = { editor, profile, platform }
  const script = join(root, 'test', 'launcher', 'serverEditor.ts')
  return [process.execPath, script, `--server-editor=${JSON.stringify(options)}`]
}

async function resultsIn(folder: string): Promise<number> {
  return (await readdir(folder)).filter((file) => file.startsWith('results-')).length
}

/** Runs the tests whose title has the pattern in a new editor with the key bindings of a platform. */
async function round(editor: AnyEditor, platform: Platform, pattern?: string): Promise<boolean> {
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
      },
      launchArgs: [
        ...rest,
        sample.folder,
        `--user-data-dir=${profile.data}`,
        `--extensions-dir=${profile.extensions}`,
      ],
    })
    // An editor that ends well without having counted has not run the tests to their end.
    const counted = (await resultsIn(results)) > before
    if (!counted) console.error('The editor ended before the tests did.')
    return counted
  } catch (error) {
    if (!(error instanceof TestRunFailedError)) throw error
    console.error(`${error.message}. What the editor wrote is in out/integration.log.`)
    return false
  } finally {
    await sample.remove()
    await removeProfile(profile)
  }
}

const here: Platform =
  process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
const interruption = new AbortController()
process.once('SIGINT', () => interruption.abort())
const editor = await chooseEditor()
await rm(join(root, 'out', 'integration.log'), { force: true })
let passed = await round(editor, here, process.argv[2])
if (editor.kind === 'server' && process.argv[2] === undefined) {
  // In a browser the default keys follow the user agent, so all systems' can be seen from one.
  for (const platform of (['win32', 'darwin', 'linux'] as const).filter((each) => each !== here)) {
    if (interruption.signal.aborted) break
    console.log(`The default keys of ${platform}:`)
    passed = (await round(editor, platform, 'default keys')) && passed
  }
}
process.exitCode = passed ? 0 : 1
