import { CompletionError } from '../../completions/errors.ts'
import { endpointOf, nameOf, type Draft } from '../draft.ts'
import { liveTest, type LiveTest } from '../liveTest.ts'
import type { Item } from '../questions.ts'
import type { ConnectServices, Outcome, Place } from '../step.ts'
import { isBlank, resultItems, verdict } from '../testWords.ts'
import { afterError, orError } from './afterSource.ts'
import { placeItems, save } from './saving.ts'

type Way = 'again' | 'model' | 'url' | { save: Place }

/** Runs one live test, shows what came of it, and offers to save the connection. */
export async function tryModel(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const { examined, model } = draft
  if (examined === null || model === null) return { draft, next: 'source' }
  const title = t('{server}: Test', { server: nameOf(draft) })
  const asked = await questions.wait(
    {
      title,
      prompt:
        model === ''
          ? t('Asking for one completion…')
          : t('Asking {model} for one completion…', { model }),
    },
    (signal) => orError(() => test(draft, services, signal)),
  )
  if (typeof asked === 'string') return { draft, next: asked }
  const result = asked.value
  if (result instanceof CompletionError) return afterError(result, draft, services, 'test')
  const answer = await questions.pick({
    title: model === '' ? title : t('{server}: {model}', { server: nameOf(draft), model }),
    prompt: verdict(result, t),
    items: itemsOf(result, services),
  })
  if (typeof answer === 'string') return { draft, next: answer }
  const way = answer.value
  if (typeof way === 'object') return save(draft, way.save, services)
  return { draft, next: way === 'again' ? 'test' : way }
}

async function test(
  draft: Draft,
  services: ConnectServices,
  signal: AbortSignal,
): Promise<LiveTest> {
  const { examined, model, key } = draft
  const { profile, models = [] } = examined ?? {}
  const settings = services.settings({
    endpoint: endpointOf(draft),
    server: examined?.server ?? draft.server,
    model: model ?? '',
  })
  const wire = await services.wire(settings, key)
  if (profile === undefined) throw new CompletionError('internal', { id: 'defect' })
  const context = models.find(({ id }) => id === model)?.contextLength
  const connection = { ...wire, profile, model: model ?? '', context, isCertain: true }
  return liveTest({ connection, settings, capabilities: services.capabilities, signal })
}

function itemsOf(result: LiveTest, services: ConnectServices): Item<Way>[] {
  const { t } = services
  const isGood =
    !isBlank(result) && result.suffix.mode !== 'off' && result.suffix.mode !== 'ignored'
  const saving = placeItems(services, isGood ? t('It works') : t('Save anyway')).map((item) => ({
    ...item,
    value: { save: item.value },
  }))
  const shown: Item<Way>[] = resultItems(result, t).map((item) => ({
    ...item,
    group: t('Result of the test'),
    value: null,
  }))
  const group = t('Otherwise')
  const other: Item<Way>[] = [
    { label: `$(symbol-misc) ${t('Choose another model…')}`, group, value: 'model' },
    { label: `$(refresh) ${t('Test again')}`, group, value: 'again' },
    { label: `$(link) ${t('Change the URL…')}`, group, value: 'url' },
  ]
  // A model without text would be saved by mistake.
  return isBlank(result) ? [...shown, ...other, ...saving] : [...saving, ...shown, ...other]
}
