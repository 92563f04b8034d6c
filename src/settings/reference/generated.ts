import { commandsTable, type Contributions } from './commandsTable.ts'
import { manifestConfiguration, restrictedConfigurations } from './manifest.ts'
import { secretsTable } from './secretsTable.ts'
import { settingsTable } from './settingsTable.ts'

/** The part of package.json that is read and written here. */
interface Manifest {
  contributes: Contributions & { configuration: unknown }
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: unknown } }
}

/** The text of package.json with its settings replaced. */
export function generatedManifest(text: string): string {
  const manifest: Manifest = JSON.parse(text)
  manifest.contributes.configuration = manifestConfiguration()
  manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedConfigurations()
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/**
 * The text of README.md with its tables replaced.
 *
 * @param manifest the text of package.json
 * @throws Error if README.md has no markers for a table
 */
export function generatedReadme(text: string, manifest: string): string {
  const { contributes }: Manifest = JSON.parse(manifest)
  const withCommands = replaceBetween(text, 'commands', commandsTable(contributes))
  const withSettings = replaceBetween(withCommands, 'settings', settingsTable())
  return replaceBetween(withSettings, 'secrets', secretsTable())
}

/** Replaces what is between `<!-- name -->` and `<!-- /name -->`. */
function replaceBetween(text: string, name: string, content: string): string {
  const [before, rest] = splitOnce(text, `<!-- ${name} -->\n`)
  const [, after] = splitOnce(rest, `<!-- /${name} -->\n`)
  return `${before}<!-- ${name} -->\n\n${content}\n\n<!-- /${name} -->\n${after}`
}

function splitOnce(text: string, marker: string): [before: string, after: string] {
  const at = text.indexOf(marker)
  if (at === -1) throw new Error(`README.md has no line "${marker.trim()}".`)
  return [text.slice(0, at), text.slice(at + marker.length)]
}
