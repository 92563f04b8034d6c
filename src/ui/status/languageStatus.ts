import { languages, type Disposable } from 'vscode'
import type { CommandId } from '../../commands.ts'
import type { Translate } from '../translate.ts'
import type { ConfiguredEndpoint } from '../../settings/vscode/configuration.ts'

export interface LanguageStatus extends Disposable {
  setEndpoint(endpoint: ConfiguredEndpoint): void
}

/** The entry of Infill behind `{}` in the status bar: endpoint and model for the current file. */
export function createLanguageStatus(clickCommand: CommandId, t: Translate): LanguageStatus {
  const item = languages.createLanguageStatusItem('infill.languageStatus', { pattern: '**' })
  item.name = 'Infill'
  item.command = { command: clickCommand, title: t('Actions') }
  return {
    setEndpoint({ label, model, profile }) {
      item.text = `$(sparkle) ${[label, model].filter((each) => each !== '').join(' · ')}`
      item.detail = profile === '' ? 'Infill' : t('Infill, profile {profile}', { profile })
    },
    dispose: () => item.dispose(),
  }
}
