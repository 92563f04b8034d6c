import { RULES } from '../settings.ts'
import { DESCRIPTIONS, summaryOf } from './descriptions.ts'
import { ruleEntries } from './manifest.ts'
import { markdownTable } from './markdownTable.ts'

/** The table of settings in README.md */
export function settingsTable(): string {
  const rows = ruleEntries(RULES).map(([name, rule]) => [
    `\`infill.${name}\``,
    `\`${JSON.stringify(rule.default)}\``,
    // Links between settings work in the settings editor only.
    summaryOf(DESCRIPTIONS[name]).replaceAll(/#(infill\.[\w.]+)#/g, '$1'),
  ])
  return markdownTable(['Setting', 'Default', 'Description'], rows)
}
