import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import packageJson from '../../package.json' with { type: 'json' }
import nls from '../../package.nls.json' with { type: 'json' }
import { withTexts } from '../../src/settings/reference/manifestTexts.ts'

const manifest = withTexts(packageJson, nls)

suite('README.md', () => {
  let readme: string
  suiteSetup(async () => {
    readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  })

  /** The cells of each row of the first table under a heading, without the table's header. */
  function table(heading: string): string[][] {
    const section = readme.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? ''
    const rows = section.split('\n').filter((line) => line.startsWith('|'))
    return rows.slice(2).map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  }

  test('lists every command with its title', () => {
    const found = table('Commands').map(([command, title]) => [command, title])
    const declared = manifest.contributes.commands.map(({ command, title }) => [
      `\`${command}\``,
      title,
    ])
    assert.deepEqual(found, declared)
  })

  test('lists the default keys of every command, and no others', () => {
    const bindings: { command: string; key: string; mac?: string }[] =
      manifest.contributes.keybindings
    for (const [command, , key = ''] of table('Commands')) {
      const binding = bindings.find((each) => `\`${each.command}\`` === command)
      const keys = [binding?.key, binding?.mac].filter((each) => each !== undefined)
      assert.deepEqual(
        key.match(/`[^`]+`/g) ?? [],
        keys.map((each) => `\`${keyLabel(each)}\``),
        command,
      )
    }
  })

  test('lists every setting with its default, in the order of package.json', () => {
    const found = table('Settings').map(([name, value]) => [name, value])
    const declared = manifest.contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([name, property]) => [
        `\`${name}\``,
        `\`${JSON.stringify(property.default)}\``,
      ]),
    )
    assert.deepEqual(found, declared)
  })

  test('lists the settings that are restricted in untrusted workspaces', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces
    const [text = ''] =
      /(?:not trusted|[Uu]ntrusted workspaces)\*\*[^]*?user settings only/.exec(readme) ?? []
    assert.deepEqual(
      text.match(/`infill\.[^`]+`/g),
      restrictedConfigurations.map((name) => `\`${name}\``),
    )
  })

  test('links to existing files only', async () => {
    const links = [...readme.matchAll(/\]\((?!#|https?:)([^)]+)\)/g)].map(([, link]) => link)
    assert.ok(links.length > 0)
    for (const link of links) await readFile(new URL(`../../${link}`, import.meta.url))
  })
})

/** `alt+cmd+j` → `Option+Command+J`: Alt is Option on macOS, and only macOS has Command. */
function keyLabel(key: string): string {
  const names: Record<string, string> = {
    cmd: 'Command',
    ...(key.includes('cmd') && { alt: 'Option' }),
  }
  const parts = key
    .split('+')
    .map((part) => names[part] ?? part.charAt(0).toUpperCase() + part.slice(1))
  return parts.join('+')
}
