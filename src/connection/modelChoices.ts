import { fimSupportOf, type FimSupport } from '../infill/fimSupport.ts'
import { templateOf } from '../infill/templates.ts'
import type { ModelInfo } from '../servers/models.ts'

export interface ModelChoice extends ModelInfo {
  fillsIn: boolean
  isCurrent: boolean
  /** What its name says about filling in the middle */
  support: FimSupport
  /** The family of its FIM template, if one is known */
  family: string | undefined
}

/**
 * The models of an endpoint: first those that fill in the middle, because the server says so or because
 * their family was trained for it. What the server denies is not assumed from the name.
 */
export function modelChoices(models: readonly ModelInfo[], current: string): ModelChoice[] {
  const unique = new Map(models.map((model) => [model.id, model]))
  const choices = [...unique.values()].map((model) => choiceOf(model, current))
  return choices.toSorted((a, b) => Number(b.fillsIn) - Number(a.fillsIn))
}

function choiceOf(model: ModelInfo, current: string): ModelChoice {
  const { id, infill } = model
  const family = infill === 'no' ? undefined : templateOf('auto', id)?.id
  const support = fimSupportOf(id)
  const fillsIn = infill === 'yes' || (infill === 'unknown' && support === 'fim')
  return { ...model, fillsIn, isCurrent: id === current, support, family }
}
