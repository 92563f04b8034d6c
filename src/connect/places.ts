import type { Place } from './step.ts'

export interface OpenWorkspace {
  isTrusted: boolean
  /** Whether its settings have an endpoint, which takes precedence over the user's */
  hasEndpoint: boolean
}

/**
 * Where a connection can be saved, the likeliest first. A workspace that is not trusted cannot set an
 * endpoint.
 *
 * @param workspace `null` when none is open
 */
export function placesFor(workspace: OpenWorkspace | null): readonly Place[] {
  if (workspace === null || !workspace.isTrusted) return ['user']
  return workspace.hasEndpoint ? ['workspace', 'user'] : ['user', 'workspace']
}
