import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { Completion } from '../../completions/types.ts'
import { ollamaGenerate } from './ollamaGenerate.ts'
import { beside } from './paths.ts'
import type { ServerProfile } from '../profile.ts'

/**
 * The way of `/v1/completions`, where the model's own template puts prompt and suffix together.
 * Ollama, 2026-08.
 */
const field: Dialect = {
  ...completionsDialect,
  encode: (request, stream) =>
    completionsDialect.encode({ ...request, max_tokens: Math.max(1, request.max_tokens) }, stream),
  decode: (value) => withoutZeros(completed(parseCompletion(value))),
}

/** With `include_usage` each chunk but the last has zeros for usage, instead of `null`. */
function withoutZeros(completion: Completion): Completion {
  const { usage } = completion
  return usage?.prompt_tokens === 0 && usage.completion_tokens === 0
    ? { ...completion, usage: null }
    : completion
}

const generate: Dialect = {
  ...ollamaGenerate,
  decode: (value) => completed(ollamaGenerate.decode(value)),
}

/**
 * @throws CompletionError `protocol` for what is no completion: an empty prompt loads the model into
 *   memory, and so it says
 */
function completed(completion: Completion): Completion {
  if (completion.choices.some(({ finish_reason }) => /^(un)?load$/.test(finish_reason ?? ''))) {
    throw new CompletionError('protocol', { id: 'emptyPrompt', server: 'Ollama' })
  }
  return completion
}

/**
 * Without a suffix `/v1/completions` wraps the prompt into the model's chat template: whatever has
 * no suffix takes `/api/generate`, which can be told not to. A model without a place for the suffix
 * in its template refuses it.
 */
export const ollama: ServerProfile = {
  id: 'ollama',
  title: 'Ollama',
  field: 'honoured',
  template: true,
  dialects: { field, template: generate, off: generate },
  without: ['n', 'best_of', 'echo', 'logit_bias'],
  maxStops: Number.POSITIVE_INFINITY,
  // Unlike `/v1/models`, this says which model takes a suffix.
  models: (base) => beside(base, 'api/tags'),
}
