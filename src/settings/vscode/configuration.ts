import { window, workspace, type ConfigurationScope } from 'vscode'
import { endpointLabel, LANGUAGE_MODELS } from '../endpointLabel.ts'
import { everyLevel } from '../everyLevel.ts'
import { machineOfExtension, type Machine } from './machine.ts'
import { selectedProfile } from '../profiles.ts'
import { parseSettings, RULES, type Settings } from '../settings.ts'
import { workspaceChanges } from '../workspaceChanges.ts'

/**
 * The current settings for a folder and language.
 *
 * @throws CompletionError `invalid_request` if a setting is invalid
 */
export function readSettings(scope?: ConfigurationScope): Settings {
  const { read, readOwn } = settingsReaders(scope)
  // Not computed for each run: reading the levels of a setting takes longer than its value.
  return { ...parseSettings(read), workspaceChanges: () => workspaceChanges(read, readOwn) }
}

export interface SettingsReaders {
  /** Reads a setting in force, by its name without `infill.` */
  read: (name: string) => unknown
  /** Reads it as if the workspace and its folders had no settings. */
  readOwn: (name: string) => unknown
}

export function settingsReaders(scope?: ConfigurationScope): SettingsReaders {
  const configuration = workspace.getConfiguration('infill', scope)
  return {
    read: (name) =>
      // A workspace must not remove the user's exclusions.
      name === 'exclude' ? everyLevel(configuration.inspect(name) ?? {}) : configuration.get(name),
    readOwn(name) {
      const found = configuration.inspect(name)
      const ofWorkspace = [
        found?.workspaceValue,
        found?.workspaceFolderValue,
        found?.workspaceLanguageValue,
        found?.workspaceFolderLanguageValue,
      ]
      if (ofWorkspace.every((value) => value === undefined)) return configuration.get(name)
      return found?.globalLanguageValue ?? found?.globalValue ?? found?.defaultValue
    },
  }
}

/** What the status bar shows of the connection */
export interface ConfiguredEndpoint {
  label: string
  model: string
  /** The name of the profile in force; empty: none */
  profile: string
  /** Whether a chat model is asked: a last resort */
  isChat: boolean
  machine: Machine | null
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
    machine: machineOfExtension(),
    isChat: read('suffix') === 'chat' || read('endpoint') === LANGUAGE_MODELS,
  }
}
