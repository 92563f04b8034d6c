import { modelChoices, type ModelChoice } from '../connection/modelChoices.ts'
import type { ModelInfo } from '../servers/models.ts'

/**
 * The models of a server, the most suitable first: the preferred one, those that fill in the middle,
 * those of which it is not known, those that do not, and those that write no text at all.
 */
export function rankModels(models: readonly ModelInfo[], preferred: string): ModelChoice[] {
  return modelChoices(models, preferred).toSorted((a, b) => rankOf(a) - rankOf(b))
}

function rankOf({ id, fillsIn, infill, isCurrent, support }: ModelChoice): number {
  if (!writesText(id)) return 4
  if (isCurrent) return 0
  if (fillsIn) return 1
  return infill === 'unknown' && support === 'unknown' ? 2 : 3
}

/** The model that needs no choice, because no other one of the server writes text */
export function onlyModel(models: readonly ModelInfo[]): string | null {
  const [only, ...others] = new Set(models.map(({ id }) => id).filter(writesText))
  return only !== undefined && others.length === 0 ? only : null
}

/** Whether a model can be used for completions, as far as its name shows */
export function writesText(id: string): boolean {
  return !NO_TEXT.test(id)
}

/** Models for embeddings, ranking, moderation, speech and pictures */
const NO_TEXT =
  /(?<![a-z])(embed|rerank|moderation|whisper|tts|transcribe|dall-?e|stable-diffusion|flux|sdxl|bge-|e5-|gte-|minilm|clip(?![a-z])|ocr(?![a-z]))|-embed/i
