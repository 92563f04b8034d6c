import { EMPTY_DRAFT } from './draft.ts'
import type { ConnectServices, Outcome, Step, StepName } from './step.ts'
import { chooseModel } from './steps/chooseModel.ts'
import { chooseSource } from './steps/chooseSource.ts'
import { enterKey } from './steps/enterKey.ts'
import { enterUrl } from './steps/enterUrl.ts'
import { solveTrouble } from './steps/solveTrouble.ts'
import { tryModel } from './steps/tryModel.ts'

const STEPS: Readonly<Record<StepName, Step>> = {
  source: chooseSource,
  url: enterUrl,
  key: enterKey,
  model: chooseModel,
  test: tryModel,
  trouble: solveTrouble,
}

/**
 * Leads from nothing to a model that works: a server, its URL and key where they are needed, a model,
 * one live test. Nothing is changed before the user saves.
 */
export async function connectModel(services: ConnectServices): Promise<void> {
  let trail: readonly StepName[] = ['source']
  let draft = EMPTY_DRAFT
  for (;;) {
    const step = trail.at(-1)
    if (step === undefined) return
    const outcome = await STEPS[step](draft, services)
    if (outcome.next === 'leave' || outcome.next === 'done') return
    // What was wrong with the answer to a later question is not said again.
    draft = outcome.next === 'back' ? { ...outcome.draft, problem: null } : outcome.draft
    trail = followed(trail, outcome.next)
  }
}

/** The steps that “Back” leads through. A step that is taken again ends what came after it. */
function followed(
  trail: readonly StepName[],
  next: Exclude<Outcome['next'], 'leave' | 'done'>,
): readonly StepName[] {
  if (next === 'back') return trail.slice(0, -1)
  const before = trail.indexOf(next)
  if (before !== -1) return trail.slice(0, before + 1)
  // A problem that is solved is not asked about again.
  return [...trail.filter((step) => step !== 'trouble'), next]
}
