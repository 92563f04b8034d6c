import { isDeepStrictEqual } from 'node:util'
import { selectedProfile } from './profiles.ts'
import { RULES } from './settings.ts'

/** Returns the configured value of a setting, by its name without `infill.` */
type Read = (name: string) => unknown

/** Settings that determine where text and keys are sent, and how */
const CONNECTION = Object.entries(RULES)
  .filter(([name, rule]) => 'restricted' in rule && name !== 'profile' && name !== 'profiles')
  .map(([name]) => name)

/**
 * The names of the connection settings that have another value because of the workspace: it sets them, it
 * selects a profile, or it changes the selected one.
 *
 * @param read reads the settings in force
 * @param readOwn reads them without those of the workspace and its folders
 */
export function workspaceChanges(read: Read, readOwn: Read): readonly string[] {
  const inForce = withSelectedProfile(read)
  const own = withSelectedProfile(readOwn)
  return CONNECTION.filter((name) => !isDeepStrictEqual(inForce(name), own(name)))
}

/** Unchecked: settings that are invalid are not used. */
function withSelectedProfile(read: Read): Read {
  const profile = selectedProfile(read) ?? {}
  return (name) => (Object.hasOwn(profile, name) ? profile[name] : read(name))
}
