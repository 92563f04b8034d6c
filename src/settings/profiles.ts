import { CompletionError } from '../completions/errors.ts'
import type { Problem } from '../completions/problems.ts'

/** Settings that a profile cannot have: it would select itself, or remove the user's exclusions. */
const NOT_IN_PROFILES: readonly string[] = ['profile', 'profiles', 'exclude']

/**
 * Returns a reader of settings in which the values of the selected profile come in place of the plain
 * settings.
 *
 * @param read returns the configured value of a setting by its name without `infill.`
 * @param names the names of all settings
 * @throws CompletionError `invalid_request` if the profile does not exist, or has an unknown setting
 */
export function withProfile(
  read: (name: string) => unknown,
  names: readonly string[],
): (name: string) => unknown {
  const name = read('profile')
  const values = selectedProfile(read)
  if (values === null) {
    if (typeof name !== 'string' || name === '') return read
    throw invalid({ id: 'unknownProfile', name, known: Object.keys(profilesIn(read)) })
  }
  const foreign = Object.keys(values).find(
    (each) => !names.includes(each) || NOT_IN_PROFILES.includes(each),
  )
  if (foreign !== undefined) {
    throw invalid({ id: 'notInProfiles', name: pathOf(String(name), foreign) })
  }
  return (setting) => (Object.hasOwn(values, setting) ? values[setting] : read(setting))
}

/** The full name of a setting of a profile, for messages */
export function pathOf(profile: string, setting: string): string {
  return `infill.profiles.${profile}.${setting}`
}

/** The values of the selected profile, unchecked; `null` when none is selected or it does not exist */
export function selectedProfile(
  read: (name: string) => unknown,
): Readonly<Record<string, unknown>> | null {
  const name = read('profile')
  const profiles = profilesIn(read)
  return typeof name === 'string' && Object.hasOwn(profiles, name) ? (profiles[name] ?? null) : null
}

/** All profiles by name, unchecked; those that are not objects are left out. */
export function profilesIn(
  read: (name: string) => unknown,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const value = read('profiles')
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (isRecord(each) ? [[name, each]] : [])),
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(problem: Problem): CompletionError {
  return new CompletionError('invalid_request', problem)
}
