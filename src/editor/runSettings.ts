import type { TextDocument } from 'vscode'
import type { Settings } from '../settings/settings.ts'
import { readSettings } from '../settings/vscode/configuration.ts'
import { scopeOf } from './document/notebook.ts'

/** As many alternatives as the API returns */
export const MOST_LOGPROBS = 5

/**
 * The settings of a completion in a document. To show the confidence, it asks for log probabilities
 * where `infill.logprobs` does not.
 *
 * @throws CompletionError `invalid_request` if a setting is invalid
 */
export function runSettings(document: TextDocument, showsConfidence: boolean): Settings {
  const settings = readSettings(scopeOf(document))
  return showsConfidence ? { ...settings, logprobs: settings.logprobs ?? MOST_LOGPROBS } : settings
}
