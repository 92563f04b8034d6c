import type { ModelChoice } from '../../connection/modelChoices.ts'
import type { Translate } from '../../ui/translate.ts'
import { nameOf, type Draft } from '../draft.ts'
import type { Answer, Item } from '../questions.ts'
import { rankModels, writesText } from '../rankModels.ts'
import type { ConnectServices, Outcome } from '../step.ts'

type Choice = { id: string } | 'other'

/** Offers the models of the server, those that fill in the middle first; or asks for a name. */
export async function chooseModel(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const choices = rankModels(draft.examined?.models ?? [], draft.model ?? draft.preferred)
  if (choices.length === 0) return outcomeOf(await enterName(draft, services), draft)
  const other: Item<Choice> = { label: `$(edit) ${t('Enter a name…')}`, value: 'other' }
  const answer = await questions.pick<Choice>({
    title: t('{server}: Model', { server: nameOf(draft) }),
    prompt: t('The model for completions'),
    items: [...choices.map((each) => itemOf(each, t)), other],
  })
  if (typeof answer === 'string') return { draft, next: answer }
  if (answer.value !== 'other') return { draft: { ...draft, model: answer.value.id }, next: 'test' }
  const name = await enterName(draft, services)
  return name === 'back' ? { draft, next: 'model' } : outcomeOf(name, draft)
}

function outcomeOf(name: Answer<string>, draft: Draft): Outcome {
  if (typeof name === 'string') return { draft, next: name }
  return { draft: { ...draft, model: name.value.trim() }, next: 'test' }
}

function enterName(draft: Draft, { questions, t }: ConnectServices): Promise<Answer<string>> {
  const isAzure = draft.server === 'azure'
  const isListed = (draft.examined?.models ?? []).length > 0
  return questions.input({
    title: t('{server}: Model', { server: nameOf(draft) }),
    prompt: isAzure
      ? t('The name of your deployment. Leave empty if it is part of the URL.')
      : isListed
        ? t('The name that the server uses. Leave empty to use the server’s default.')
        : t('This server does not list its models. Leave empty to use the server’s default.'),
    placeholder: isAzure ? t('Name of the deployment') : t('Model name'),
    value: draft.model ?? draft.preferred,
    validate: () => null,
  })
}

function itemOf(choice: ModelChoice, t: Translate): Item<Choice> {
  const { id, fillsIn, infill, family, contextLength } = choice
  const isByName = fillsIn && infill === 'unknown' && family !== undefined
  const remarks = [
    markOf(choice, t),
    isByName ? t('as {family} models do', { family }) : '',
    contextLength === undefined
      ? ''
      : t('context of {tokens} tokens', { tokens: contextLength.toLocaleString('en') }),
  ]
  return {
    label: `$(${fillsIn ? 'sparkle' : 'blank'}) ${id}`,
    description: remarks.filter((remark) => remark !== '').join(' · '),
    value: { id },
  }
}

function markOf({ id, fillsIn, infill }: ModelChoice, t: Translate): string {
  if (!writesText(id)) return t('not for completions')
  if (fillsIn) return t('fills in the middle')
  return infill === 'no' ? t('does not fill in the middle') : ''
}
