import { ConfigurationTarget, window, workspace } from 'vscode'
import type { ApiKeys } from '../../connection/apiKeys.ts'
import { selectedProfile } from '../../settings/profiles.ts'
import { saveInProfile } from '../../settings/vscode/saveSetting.ts'
import { baseUrl } from '../../settings/endpoint.ts'
import { placesFor } from '../places.ts'
import type { Place, SavedConnection } from '../step.ts'

/** Where a connection can be saved in this window */
export function savePlaces(): readonly Place[] {
  const isOpen = workspace.workspaceFolders !== undefined || workspace.workspaceFile !== undefined
  const { workspaceValue } = workspace.getConfiguration('infill').inspect('endpoint') ?? {}
  const { isTrusted } = workspace
  const canHaveOwn = isOpen && profileInForce() === null
  return placesFor(canHaveOwn ? { isTrusted, hasEndpoint: workspaceValue !== undefined } : null)
}

/**
 * Saves the key for the origin of the endpoint, and the three settings of a connection. The endpoint
 * is last, so that no run in between combines it with another model. Where a profile is in force, they are
 * saved in it.
 *
 * @returns whether the connection is the one in force: a more specific setting may override it
 */
export async function saveConnection(
  { endpoint, server, model, key }: SavedConnection,
  place: Place,
  keys: ApiKeys,
): Promise<boolean> {
  if (key !== null) await keys.set(baseUrl(endpoint).origin, key)
  const profile = profileInForce()
  if (profile !== null) {
    await saveInProfile(profile, { model, server, endpoint })
    return true
  }
  const target = place === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace
  const values = { model, server, endpoint }
  for (const [name, value] of Object.entries(values)) {
    await workspace.getConfiguration('infill').update(name, value, target)
  }
  const inForce = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  return Object.entries(values).every(([name, value]) => inForce.get(name) === value)
}

/** The name of the selected profile; `null`: none */
function profileInForce(): string | null {
  const configuration = workspace.getConfiguration('infill', window.activeTextEditor?.document)
  const found = selectedProfile((name) => configuration.get(name))
  return found === null ? null : configuration.get('profile', '')
}
