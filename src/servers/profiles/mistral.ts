import { completionsDialect, join, type Dialect } from '../../completions/dialect.ts'
import { onePrompt, renameFields, type FieldNames } from './encoding.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/**
 * `/v1/fim/completions` (mistralai/client-python, fimcompletionstreamrequest). The response has the
 * `delta` and `message` of the chat API. Fields of other APIs can cause status 422, so none is sent.
 */
export const mistralFim: Dialect = {
  ...completionsDialect,
  url: (base) => join(base, 'fim/completions'),
  encode: (request, stream) => ({
    ...renameFields(request, NAMES),
    prompt: onePrompt(request),
    stream,
  }),
}

const NAMES: FieldNames = {
  model: 'model',
  suffix: 'suffix',
  max_tokens: 'max_tokens',
  temperature: 'temperature',
  top_p: 'top_p',
  stop: 'stop',
  seed: 'random_seed',
}

/** Fields that neither API of Mistral knows: an unknown one is status 422, in its chat API as well. */
export const MISTRAL_UNSUPPORTED = ['stream_options', 'logprobs', 'logit_bias', 'user'] as const

/** api.mistral.ai and codestral.mistral.ai, which use different API keys. */
export const mistral: ServerProfile = {
  id: 'mistral',
  title: 'Mistral',
  field: 'honoured',
  // Raw prompts are not supported.
  template: false,
  dialects: everyMode(mistralFim),
  unsupported: MISTRAL_UNSUPPORTED,
}
