import { endpointOf, type Draft } from '../draft.ts'
import type { ConnectServices, Outcome, Place } from '../step.ts'

export interface PlaceItem {
  label: string
  description: string
  group: string
  value: Place
}

/** One item for each place: the user is asked for it only where there is a choice. */
export function placeItems({ places, t }: ConnectServices, group: string): PlaceItem[] {
  const isChoice = places.length > 1
  return places.map((place) => ({
    label:
      place === 'workspace'
        ? `$(root-folder) ${t('Save for this workspace')}`
        : `$(check) ${isChoice ? t('Save for all workspaces') : t('Save')}`,
    description: place === 'workspace' ? t('workspace settings') : t('user settings'),
    group,
    value: place,
  }))
}

/** Saves the connection. What VS Code cannot write, such as invalid settings, loses nothing. */
export async function save(
  draft: Draft,
  place: Place,
  services: ConnectServices,
): Promise<Outcome> {
  const { examined, server, model, key } = draft
  const connection = {
    endpoint: endpointOf(draft),
    server: examined?.server ?? server,
    model: model ?? '',
    key,
  }
  try {
    await services.save(connection, place)
    return { draft, next: 'done' }
  } catch (error) {
    // The sentence is VS Code's own.
    if (!(error instanceof Error)) throw error
    return { draft: { ...draft, problem: error.message, again: 'test' }, next: 'trouble' }
  }
}
