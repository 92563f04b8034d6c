import { CompletionError } from '../../completions/errors.ts'
import { endpointOf, nameOf, originOf, type Draft } from '../draft.ts'
import { examine, type Examined } from '../examine.ts'
import { onlyModel } from '../rankModels.ts'
import type { ConnectServices, Outcome, StepName } from '../step.ts'

/** Asks for a key if one is needed and missing; otherwise asks the server what it is. */
export async function afterSource(
  draft: Draft,
  services: ConnectServices,
  from: StepName,
): Promise<Outcome> {
  const isMissing =
    draft.needsKey && draft.key === null && !(await services.hasKey(originOf(endpointOf(draft))))
  return isMissing ? { draft, next: 'key' } : afterKey(draft, services, from)
}

/** Asks the server what it is and what models it has. `from` is the step to return to. */
export async function afterKey(
  draft: Draft,
  services: ConnectServices,
  from: StepName,
): Promise<Outcome> {
  const { questions, t } = services
  const question = {
    title: t('Connect a Model'),
    prompt: t('Connecting to {name}…', { name: nameOf(draft) }),
  }
  const answer = await questions.wait(question, (signal) => attempt(draft, services, signal))
  if (answer === 'leave') return { draft, next: 'leave' }
  if (answer === 'back') return { draft, next: from }
  const found = answer.value
  if (found instanceof CompletionError) return afterError(found, draft, services, 'examine')
  if (found.isLoading) {
    const problem = t('{name} is busy or still loading its model.', { name: nameOf(draft) })
    return { draft: { ...draft, problem, again: 'examine' }, next: 'trouble' }
  }
  return withServer({ ...draft, examined: found, problem: null }, found, services)
}

async function attempt(
  { urls, server, key }: Draft,
  services: ConnectServices,
  signal: AbortSignal,
): Promise<Examined | CompletionError> {
  const wire = (endpoint: string): ReturnType<ConnectServices['wire']> =>
    services.wire(services.settings({ endpoint, server, model: '' }), key)
  return orError(() => examine({ urls, server, wire, signal }))
}

/** An error is an answer of its own here. */
export async function orError<T>(task: () => Promise<T>): Promise<T | CompletionError> {
  try {
    return await task()
  } catch (error) {
    if (error instanceof CompletionError) return error
    throw error
  }
}

function withServer(draft: Draft, { models, server }: Examined, { t }: ConnectServices): Outcome {
  if (server === 'ollama' && models.length === 0) {
    const problem = t('Ollama runs, and has no models yet.')
    return { draft: { ...draft, problem, again: 'examine' }, next: 'trouble' }
  }
  // A model that was chosen before stays chosen.
  const isKept = models.length === 0 || models.some(({ id }) => id === draft.model)
  if (draft.model !== null && isKept) return { draft, next: 'test' }
  const model = onlyModel(models)
  return model === null
    ? { draft: { ...draft, model: null }, next: 'model' }
    : { draft: { ...draft, model }, next: 'test' }
}

/** Leads to the question whose answer caused the error, which is asked again with the reason. */
export async function afterError(
  error: CompletionError,
  draft: Draft,
  services: ConnectServices,
  again: Draft['again'],
): Promise<Outcome> {
  const next = stepFor(error)
  // That a key is required is no mistake of a user who was not asked for one.
  const isFirstKey =
    next === 'key' && draft.key === null && !(await services.hasKey(originOf(endpointOf(draft))))
  const problem = isFirstKey ? null : services.describe(error)
  return { draft: { ...draft, problem, again }, next }
}

function stepFor({ kind, problem }: CompletionError): StepName {
  // The key is sent in a header.
  if (kind === 'authentication' || problem.id === 'invalidHeader') return 'key'
  return kind === 'unreachable' || kind === 'certificate' || kind === 'proxy' ? 'url' : 'trouble'
}
