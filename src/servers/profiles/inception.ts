import { completionsDialect, join, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import { onePrompt } from './encoding.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/**
 * `/v1/fim/completions` of the Mercury models (docs.inceptionlabs.ai, 2026). Without `stop`, a completion
 * ends at a blank line, and the default of `presence_penalty` is 1.5, which makes code use other names
 * than the document. So both are always sent.
 */
const dialect: Dialect = {
  ...completionsDialect,
  url(base) {
    // Its other API, for edits, has other fields.
    if (/\/edit(\/completions)?\/?$/.test(base.pathname)) {
      throw new CompletionError('invalid_request', { id: 'editRoute' })
    }
    return join(base, 'fim/completions')
  },
  encode: (request, stream) =>
    completionsDialect.encode(
      { stop: [], presence_penalty: 0, ...request, prompt: onePrompt(request) },
      stream,
    ),
}

/** Diffusion models: `mercury-edit-2`, before it `mercury-coder`. */
export const inception: ServerProfile = {
  id: 'inception',
  title: 'Inception',
  field: 'honoured',
  // Raw prompts are not supported.
  template: false,
  dialects: everyMode(dialect),
  unsupported: ['n', 'best_of', 'logprobs', 'echo', 'logit_bias', 'seed', 'user'],
}
