import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { commandsTable } from '../../../../src/settings/reference/commandsTable.ts'
import { generatedManifest, generatedReadme } from '../../../../src/settings/reference/generated.ts'
import { secretsTable } from '../../../../src/settings/reference/secretsTable.ts'
import { settingsTable } from '../../../../src/settings/reference/settingsTable.ts'

suite('the generator', () => {
  let manifest: string
  let nls: string
  let readme: string
  suiteSetup(async () => {
    const read = (name: string) => readFile(new URL(`../../../../${name}`, import.meta.url), 'utf8')
    manifest = await read('package.json')
    nls = await read('package.nls.json')
    readme = await read('README.md')
  })

  test('changes nothing in package.json, package.nls.json and README.md as they are', () => {
    const generated = generatedManifest(manifest, nls)
    assert.equal(generated.manifest, manifest)
    assert.equal(generated.nls, nls)
    assert.equal(generatedReadme(readme, generated.contributes), readme)
  })

  test('moves a new text of package.json to package.nls.json', () => {
    const changed = manifest.replace('%command.regenerate%', 'Another')
    assert.notEqual(changed, manifest)
    const generated = generatedManifest(changed, nls)
    assert.equal(generated.manifest, manifest)
    assert.equal(JSON.parse(generated.nls)['command.regenerate'], 'Another')
  })

  test('restores a changed setting in package.json, and keeps the rest', () => {
    const changed = manifest.replace('"default": 256', '"default": 16')
    assert.notEqual(changed, manifest)
    assert.equal(generatedManifest(changed, nls).manifest, manifest)
  })

  test('replaces what is between the markers, and keeps the rest', () => {
    const text =
      '# A\n\n<!-- commands -->\nold\n<!-- /commands -->\n\nB\n\n<!-- settings -->\n<!-- /settings -->\nC\n<!-- secrets -->\n<!-- /secrets -->\n'
    const { contributes } = generatedManifest(manifest, nls)
    const commands = commandsTable(contributes)
    assert.equal(
      generatedReadme(text, contributes),
      `# A\n\n<!-- commands -->\n\n${commands}\n\n<!-- /commands -->\n\nB\n\n<!-- settings -->\n\n${settingsTable()}\n\n<!-- /settings -->\nC\n<!-- secrets -->\n\n${secretsTable()}\n\n<!-- /secrets -->\n`,
    )
  })

  test('fails when a marker is missing', () => {
    const text = '<!-- commands -->\n<!-- /commands -->\n<!-- settings -->\n'
    const { contributes } = generatedManifest(manifest, nls)
    assert.throws(() => generatedReadme(text, contributes), /<!-- \/settings -->/)
  })

  test('writes the default key, the key on macOS, and when it applies', () => {
    const table = commandsTable({
      commands: [
        { command: 'a', title: 'A | B' },
        { command: 'b', title: 'B' },
        { command: 'c', title: 'C' },
      ],
      keybindings: [
        { command: 'a', key: 'shift+alt+j', mac: 'alt+cmd+j' },
        { command: 'a', key: 'shift+alt+j', mac: 'alt+cmd+j', when: 'editorReadonly' },
        { command: 'b', key: 'escape', when: 'infill.streaming && editorTextFocus' },
      ],
    })
    assert.equal(
      table,
      [
        '| Command | Title | Key |',
        '|---|---|---|',
        '| `a` | A \\| B | `Shift+Alt+J`, macOS `Option+Command+J` |',
        '| `b` | B | `Escape`, while generating |',
        '| `c` | C | |',
      ].join('\n'),
    )
  })
})
