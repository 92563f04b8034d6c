import { endpointLabel } from '../../settings/endpointLabel.ts'
import type { Translate } from '../../ui/translate.ts'
import { EMPTY_DRAFT, type Draft } from '../draft.ts'
import { HOSTED_SERVICES, type HostedService } from '../hostedServices.ts'
import type { InstalledServer } from '../installedServers.ts'
import type { FoundServer } from '../localServers.ts'
import type { Item } from '../questions.ts'
import type { ConnectServices, Outcome } from '../step.ts'
import { afterSource } from './afterSource.ts'

type Source =
  | { kind: 'local'; found: FoundServer }
  | { kind: 'hosted'; service: HostedService }
  | { kind: 'url' }
  | { kind: 'start'; command: string }

/** Offers what runs on this machine, what could, the hosted services, and any other URL. */
export async function chooseSource(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const title = t('Connect a Model')
  const looking = { title, prompt: t('Looking for servers…'), canGoBack: false }
  const found = await questions.wait(looking, (signal) =>
    Promise.all([services.findLocal(signal), services.installed()]),
  )
  if (typeof found === 'string') return { draft, next: 'leave' }
  const [local, installed] = found.value
  const stopped = installed.filter(({ title: name }) => !local.some((each) => each.title === name))
  const items = [...localItems(local, stopped, services), ...otherItems(t)]
  const prompt = t('Where does the model run?')
  const answer = await questions.pick({ title, prompt, canGoBack: false, items })
  if (typeof answer === 'string') return { draft, next: 'leave' }
  const source = answer.value
  switch (source.kind) {
    case 'start':
      services.openTerminal(source.command)
      return { draft, next: 'done' }
    case 'url':
      // The text and the key of a URL that was entered before are kept.
      return { draft: draft.title === null ? draft : EMPTY_DRAFT, next: 'url' }
    case 'local':
      return afterSource(draftOfLocal(source.found, draft, services), services, 'source')
    case 'hosted': {
      const chosen = draftOfHosted(source.service, draft)
      return source.service.endpoint === null
        ? { draft: chosen, next: 'url' }
        : afterSource(chosen, services, 'source')
    }
  }
}

function localItems(
  local: readonly FoundServer[],
  stopped: readonly InstalledServer[],
  { t, localGroup: group }: Pick<ConnectServices, 't' | 'localGroup'>,
): Item<Source>[] {
  const running = local.map((found): Item<Source> => ({
    label: `$(server) ${found.title ?? t('OpenAI-compatible server')}`,
    description: endpointLabel(found.endpoint),
    detail: stateOf(found, t),
    group,
    value: { kind: 'local', found },
  }))
  const startable = stopped.map(({ title, command }): Item<Source> => ({
    label: `$(terminal) ${t('Start {server} in a terminal…', { server: title })}`,
    description: command,
    detail: t('Installed, and not running'),
    group,
    value: { kind: 'start', command },
  }))
  const none: Item<Source> = {
    label: `$(info) ${t('No server is running at the usual ports.')}`,
    group,
    value: null,
  }
  return [...(running.length === 0 ? [none] : running), ...startable]
}

function stateOf({ state, models }: FoundServer, t: Translate): string {
  if (state === 'loading') return t('Busy or still loading its model')
  if (state === 'needsKey') return t('Requires an API key')
  if (models === 1) return t('1 model')
  return models === 0 ? t('No models') : t('{count} models', { count: models ?? '' })
}

function otherItems(t: Translate): Item<Source>[] {
  const hosted = HOSTED_SERVICES.map((service): Item<Source> => ({
    label: `$(cloud) ${service.title}`,
    description:
      service.endpoint === null ? t('your own resource') : endpointLabel(service.endpoint),
    group: t('Hosted services'),
    value: { kind: 'hosted', service },
  }))
  const other: Item<Source> = {
    label: `$(link) ${t('Other URL…')}`,
    description: t('any OpenAI-compatible completions endpoint'),
    group: t('Elsewhere'),
    value: { kind: 'url' },
  }
  return [other, ...hosted]
}

function draftOfLocal(found: FoundServer, draft: Draft, { current }: ConnectServices): Draft {
  const { title, endpoint, server, state } = found
  if (draft.urls[0] === endpoint) return draft
  return {
    ...EMPTY_DRAFT,
    title,
    typed: endpoint,
    urls: [endpoint],
    server,
    needsKey: state === 'needsKey',
    preferred: current.endpoint === endpoint ? current.model : '',
  }
}

function draftOfHosted(service: HostedService, draft: Draft): Draft {
  const { title, endpoint, server, needsKey, keyPage, model } = service
  // Chosen again after “Back”
  if (draft.title === title) return draft
  const urls = endpoint === null ? [] : [endpoint]
  const typed = endpoint ?? ''
  return { ...EMPTY_DRAFT, title, typed, urls, server, needsKey, keyPage, preferred: model }
}
