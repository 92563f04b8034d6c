import { chatDialect } from '../chat.ts'
import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { Completion } from '../../completions/types.ts'
import { ollamaGenerate } from './ollamaGenerate.ts'
import { siblingOfV1 } from './paths.ts'
import type { ServerProfile } from '../profile.ts'

/**
 * `/v1/completions`, where the model's own template combines prompt and suffix (Ollama, 2026-08).
 */
const field: Dialect = {
  ...completionsDialect,
  encode: (request, stream) =>
    completionsDialect.encode({ ...request, max_tokens: Math.max(1, request.max_tokens) }, stream),
  decode: (value) => withoutZeroUsage(throwOnLoad(parseCompletion(value))),
}

/** With `include_usage`, the usage of all chunks but the last is zeros instead of null. */
function withoutZeroUsage(completion: Completion): Completion {
  const { usage } = completion
  return usage?.prompt_tokens === 0 && usage.completion_tokens === 0
    ? { ...completion, usage: null }
    : completion
}

const generate: Dialect = {
  ...ollamaGenerate,
  decode: (value) => throwOnLoad(ollamaGenerate.decode(value)),
}

/**
 * An empty prompt only loads the model into memory, and the finish_reason is `load` or `unload`.
 *
 * @throws CompletionError `protocol`
 */
function throwOnLoad(completion: Completion): Completion {
  if (completion.choices.some(({ finish_reason }) => /^(un)?load$/.test(finish_reason ?? ''))) {
    throw new CompletionError('protocol', { id: 'emptyPrompt', server: 'Ollama' })
  }
  return completion
}

const chat: Dialect = {
  ...chatDialect,
  url: (base) => siblingOfV1(base, 'v1/chat/completions'),
}

/**
 * Without a suffix, `/v1/completions` applies the model's chat template to the prompt. Requests without
 * a suffix are therefore sent to `/api/generate` with `raw`. A model whose template has no place for
 * a suffix refuses it.
 */
export const ollama: ServerProfile = {
  id: 'ollama',
  title: 'Ollama',
  field: 'honoured',
  template: true,
  dialects: { field, template: generate, off: generate, chat },
  unsupported: ['n', 'best_of', 'echo', 'logit_bias'],
  maxStops: Number.POSITIVE_INFINITY,
  // Unlike `/v1/models`, this list specifies which models support a suffix.
  models: (base) => siblingOfV1(base, 'api/tags'),
  // It cuts a prompt that is too long without an error.
  loaded: (base) => siblingOfV1(base, 'api/ps'),
  described: (base) => siblingOfV1(base, 'api/show'),
}
