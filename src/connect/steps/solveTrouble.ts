import { endpointOf, nameOf, type Draft } from '../draft.ts'
import { OLLAMA_PULL } from '../installedServers.ts'
import type { Item } from '../questions.ts'
import type { ConnectServices, Outcome, Place } from '../step.ts'
import { afterKey } from './afterSource.ts'
import { placeItems, save } from './saving.ts'

type Way = 'again' | 'url' | 'key' | 'model' | 'pull' | { save: Place }

/** Says what went wrong, and offers the ways out of it. */
export async function solveTrouble(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const isTest = draft.again === 'test'
  const isEmptyOllama =
    !isTest && draft.examined?.server === 'ollama' && draft.examined.models.length === 0
  const pull: Item<Way> = {
    label: `$(terminal) ${t('Download a small model in a terminal…')}`,
    description: OLLAMA_PULL,
    value: 'pull',
  }
  const items: Item<Way>[] = [
    { label: `$(warning) ${draft.problem ?? ''}`, value: null, group: t('Problem') },
    ...(isEmptyOllama ? [{ ...pull, group: t('Next step') }] : []),
    { label: `$(refresh) ${t('Try again')}`, value: 'again', group: t('Next step') },
    ...(isTest
      ? [{ label: `$(symbol-misc) ${t('Choose another model…')}`, value: 'model' } as const]
      : []),
    { label: `$(link) ${t('Change the URL…')}`, description: endpointOf(draft), value: 'url' },
    { label: `$(key) ${t('Enter another API key…')}`, value: 'key' },
    ...(isTest
      ? placeItems(services, t('Save anyway')).map((item) => ({
          ...item,
          value: { save: item.value },
        }))
      : []),
  ]
  const title = t('{server}: Not connected', { server: nameOf(draft) })
  const answer = await questions.pick({ title, prompt: draft.problem ?? '', items })
  if (typeof answer === 'string') return { draft, next: answer }
  const way = answer.value
  if (typeof way === 'object') return save(draft, way.save, services)
  if (way === 'pull') {
    services.openTerminal(OLLAMA_PULL)
    return { draft, next: 'done' }
  }
  if (way !== 'again') return { draft: { ...draft, problem: null }, next: way }
  return isTest ? { draft, next: 'test' } : afterKey(draft, services, 'trouble')
}
