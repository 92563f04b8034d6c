import {
  ConfigurationTarget,
  window,
  workspace,
  type TextDocument,
  type WorkspaceConfiguration,
} from 'vscode'
import { profilesIn, selectedProfile } from '../profiles.ts'

/**
 * Saves a setting where it is in force: in the selected profile if that has it, else at the innermost level
 * that sets it, else in the user settings.
 */
export async function saveSetting(name: string, value: unknown): Promise<void> {
  const configuration = infill()
  const profile = selectedProfile((each) => configuration.get(each))
  if (profile !== null && Object.hasOwn(profile, name)) {
    return saveInProfile(configuration.get<string>('profile', ''), { [name]: value })
  }
  await configuration.update(name, value, levelOf(configuration, name))
}

/** Changes settings of a profile, which is made if it does not exist, at the level that has it. */
export async function saveInProfile(
  profile: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const configuration = infill()
  const level = levelOf(configuration, 'profiles', (found) =>
    Object.hasOwn(
      profilesIn(() => found),
      profile,
    ),
  )
  const profiles = valueAt(configuration, 'profiles', level)
  const others = profilesIn(() => profiles)
  const changed = { ...others, [profile]: { ...others[profile], ...values } }
  await configuration.update('profiles', changed, level)
}

function infill(): WorkspaceConfiguration {
  const document: TextDocument | undefined = window.activeTextEditor?.document
  return workspace.getConfiguration('infill', document)
}

const INNERMOST_FIRST = [
  [ConfigurationTarget.WorkspaceFolder, 'workspaceFolderValue'],
  [ConfigurationTarget.Workspace, 'workspaceValue'],
  [ConfigurationTarget.Global, 'globalValue'],
] as const

/** The innermost level whose value is the one that is meant; the user settings if there is none */
function levelOf(
  configuration: WorkspaceConfiguration,
  name: string,
  isMeant: (value: unknown) => boolean = (value) => value !== undefined,
): ConfigurationTarget {
  const found = configuration.inspect(name)
  const level = INNERMOST_FIRST.find(([, key]) => isMeant(found?.[key]))
  return level?.[0] ?? ConfigurationTarget.Global
}

function valueAt(
  configuration: WorkspaceConfiguration,
  name: string,
  level: ConfigurationTarget,
): unknown {
  const key = INNERMOST_FIRST.find(([each]) => each === level)?.[1] ?? 'globalValue'
  return configuration.inspect(name)?.[key]
}
