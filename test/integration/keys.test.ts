import { deepEqual, ok } from 'node:assert/strict'
import * as vscode from 'vscode'
import manifest from '../../package.json' with { type: 'json' }
import { type Binding, chords, clashes } from './chords.ts'
import { desktopOnly } from './desktopKeys.ts'

type OurBinding = Binding & { win?: string; mac?: string; linux?: string }

const systems = { win32: 'win', darwin: 'mac', linux: 'linux' } as const
const asked = process.env['INFILL_KEYS_OF'] ?? process.platform
const platform = (['win32', 'darwin', 'linux'] as const).find((each) => each === asked) ?? 'linux'

// A default key must not override another default key. VS Code lists its own default keys; the run
// sets the platform, because in the server build they depend on the browser.
suite('default keys', () => {
  let defaults: Binding[]

  suiteSetup(async () => {
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile')
    const text = vscode.window.activeTextEditor?.document.getText() ?? ''
    const rows = text.matchAll(/"key": ("(?:[^"\\]|\\.)*"),\s*"command": ("[^"]*")/g)
    defaults = Array.from(rows, ([, key = '', command = '']) => ({
      key: String(JSON.parse(key)),
      command: String(JSON.parse(command)),
    })).filter(({ command }) => !command.startsWith('infill.'))
  })

  test(`are those of ${platform}`, () => {
    ok(defaults.length > 900, `only ${defaults.length} were found`)
    const palette = platform === 'darwin' ? 'shift+cmd+p' : 'ctrl+shift+p'
    const found = defaults.filter(({ key }) => key === palette).map(({ command }) => command)
    ok(found.includes('workbench.action.showCommands'), `${palette}: ${found.join(', ')}`)
  })

  test(`override no default keys of VS Code on ${platform}`, () => {
    const bindings: OurBinding[] = manifest.contributes.keybindings
    const ours = bindings
      // Escape is bound only while a stream is running.
      .filter(({ when, key }) => !(key === 'escape' && when?.includes('infill.streaming')))
      .map((binding) => ({ ...binding, key: binding[systems[platform]] ?? binding.key }))
    ok(ours.length > 0, 'there is no key to look at')
    const theirs = [...defaults, ...desktopOnly[platform]]
    const found = ours.flatMap((our) =>
      theirs
        .filter((their) => clashes(chords(our.key), chords(their.key)))
        .map((their) => `${our.key} (${our.command}) is ${their.key} (${their.command})`),
    )
    deepEqual(found, [])
  })
})
