import { commandsTable, type Contributions } from './commandsTable.ts'
import { manifestConfiguration, restrictedConfigurations } from './manifest.ts'
import { withKeys, withTexts, type ShownManifest, type Texts } from './manifestTexts.ts'
import { secretsTable } from './secretsTable.ts'
import { settingsTable } from './settingsTable.ts'

/** The part of package.json that is read and written here. */
interface Manifest extends ShownManifest {
  contributes: ShownManifest['contributes'] & Contributions
  capabilities: ShownManifest['capabilities'] & {
    untrustedWorkspaces: { restrictedConfigurations: readonly string[] }
  }
}

/**
 * The text of package.json with its settings replaced, and with keys in place of the texts that VS Code
 * shows; and the text of package.nls.json, which has the texts.
 */
export function generatedManifest(
  text: string,
  nls: string,
): { manifest: string; nls: string; contributes: Contributions } {
  const parsed: Manifest = JSON.parse(text)
  const texts: Texts = JSON.parse(nls)
  const shown = withTexts(parsed, texts)
  shown.contributes.configuration = manifestConfiguration()
  shown.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedConfigurations()
  const keyed = withKeys(shown)
  return {
    manifest: print(keyed.manifest),
    nls: print(keyed.texts),
    contributes: shown.contributes,
  }
}

/**
 * The text of README.md with its tables replaced.
 *
 * @throws Error if README.md has no markers for a table
 */
export function generatedReadme(text: string, contributes: Contributions): string {
  const withCommands = replaceBetween(text, 'commands', commandsTable(contributes))
  const withSettings = replaceBetween(withCommands, 'settings', settingsTable())
  return replaceBetween(withSettings, 'secrets', secretsTable())
}

function print(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
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
