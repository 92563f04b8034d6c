import { templateOf } from '../infill/templates.ts'
import type { ModelInfo } from '../servers/models.ts'

export interface ModelChoice {
  id: string
  fillsIn: boolean
  isCurrent: boolean
  /** What is known of it, in words */
  remarks: string[]
}

/**
 * The models of an endpoint: first those that are known to fill in the middle, be it that the server
 * says so or that their family was trained for it. What the server denies is not believed of a name.
 */
export function modelChoices(models: readonly ModelInfo[], current: string): ModelChoice[] {
  const unique = new Map(models.map((model) => [model.id, model]))
  const choices = [...unique.values()].map((model) => choiceOf(model, current))
  return choices.toSorted((a, b) => Number(b.fillsIn) - Number(a.fillsIn))
}

function choiceOf({ id, infill, contextLength }: ModelInfo, current: string): ModelChoice {
  const template = infill === 'no' ? null : templateOf('auto', id)
  const fillsIn = infill === 'yes' || template !== null
  const length = contextLength === undefined ? [] : [`${contextLength.toLocaleString('en')} tokens`]
  return {
    id,
    fillsIn,
    isCurrent: id === current,
    remarks: [...WORDS[infill](template?.id), ...length],
  }
}

const WORDS: Readonly<Record<ModelInfo['infill'], (family: string | undefined) => string[]>> = {
  yes: () => ['fills in the middle, says the server'],
  no: () => ['does not streamIntoDocument in the middle, says the server'],
  unknown: (family) =>
    family === undefined ? [] : [`fills in the middle, as ${family} models do`],
}
