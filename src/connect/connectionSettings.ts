import { string } from '../completions/fields.ts'
import { selectedProfile } from '../settings/profiles.ts'
import { parseSettings, RULES, type Settings } from '../settings/settings.ts'
import { workspaceChanges } from '../settings/workspaceChanges.ts'
import type { ConnectionSettings } from './step.ts'

/** Returns the configured value of a setting, by its name without `infill.` */
type Read = (name: string) => unknown

/**
 * The settings in force with another connection. The connection takes precedence over everything: a key
 * that was typed for it must not be sent to the endpoint of the selected profile.
 *
 * @throws CompletionError `invalid_request` if another setting is invalid
 */
export function settingsWith(
  connection: ConnectionSettings,
  { read, readOwn }: { read: Read; readOwn: Read },
): Settings {
  // The connection in force may be the invalid one that is to be replaced, so it is not read.
  const own: Readonly<Record<string, unknown>> = { ...connection }
  const over =
    (reader: Read): Read =>
    (name) =>
      name in own ? own[name] : reader(name)
  // A workspace may still have set other parts of it, such as headers.
  const changes = (): readonly string[] =>
    workspaceChanges(over(read), over(readOwn)).filter((name) => !(name in own))
  return { ...parseSettings(over(read)), ...connection, workspaceChanges: changes }
}

/** Endpoint and model in force, unchecked */
export function currentConnection(read: Read): Pick<ConnectionSettings, 'endpoint' | 'model'> {
  const profile = selectedProfile(read)
  const value = (name: 'endpoint' | 'model'): string =>
    string(profile?.[name] ?? read(name)) ?? RULES[name].default
  return { endpoint: value('endpoint'), model: value('model') }
}
