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

export async function save(
  draft: Draft,
  place: Place,
  services: ConnectServices,
): Promise<Outcome> {
  const { examined, server, model, key } = draft
  const endpoint = endpointOf(draft)
  await services.save(
    { endpoint, server: examined?.server ?? server, model: model ?? '', key },
    place,
  )
  return { draft, next: 'done' }
}
