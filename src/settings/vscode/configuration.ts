import { window, workspace, type ConfigurationScope } from 'vscode'
import { endpointLabel, LANGUAGE_MODELS } from '../endpointLabel.ts'
import { everyLevel } from '../everyLevel.ts'
import { selectedProfile } from '../profiles.ts'
import { parseSettings, RULES, type Settings } from '../settings.ts'

/**
 * The current settings for a folder and language.
 *
 * @throws CompletionError `invalid_request` if a setting is invalid
 */
export function readSettings(scope?: ConfigurationScope): Settings {
  const configuration = workspace.getConfiguration('infill', scope)
  return parseSettings((name) =>
    // A workspace must not remove the user's exclusions.
    name === 'exclude' ? everyLevel(configuration.inspect(name) ?? {}) : configuration.get(name),
  )
}

/** What the status bar shows of the connection */
export interface ConfiguredEndpoint {
  label: string
  model: string
  /** The name of the profile in force; empty: none */
  profile: string
  /** Whether a chat model is asked: a last resort */
  isChat: boolean
}

/** Invalid values do not throw: the next run reports them. */
export function configuredEndpoint(): ConfiguredEndpoint {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const profile = selectedProfile((name) => configuration.get(name))
  const read = (name: 'endpoint' | 'model' | 'suffix'): string =>
    String(profile?.[name] ?? configuration.get(name) ?? RULES[name].default)
  return {
    label: endpointLabel(read('endpoint')),
    model: read('model'),
    profile: profile === null ? '' : String(configuration.get('profile')),
    isChat: read('suffix') === 'chat' || read('endpoint') === LANGUAGE_MODELS,
  }
}
