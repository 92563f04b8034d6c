import { completionsDialect, join, type Dialect } from '../../completions/dialect.ts'
import { onePrompt, renamed, type Names } from './encoding.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/**
 * `/v1/fim/completions` (mistralai/client-python, fimcompletionstreamrequest). The answer has the
 * chat API's `delta` and `message`. Fields that are not of this API risk a 422, so none goes out.
 */
const dialect: Dialect = {
  ...completionsDialect,
  url: (base) => join(base, 'fim/completions'),
  encode: (request, stream) => ({
    ...renamed(request, NAMES),
    prompt: onePrompt(request),
    stream,
  }),
}

const NAMES: Names = {
  model: 'model',
  suffix: 'suffix',
  max_tokens: 'max_tokens',
  temperature: 'temperature',
  top_p: 'top_p',
  stop: 'stop',
  seed: 'random_seed',
}

/** api.mistral.ai and codestral.mistral.ai, whose keys are not the same. */
export const mistral: ServerProfile = {
  id: 'mistral',
  title: 'Mistral',
  field: 'honoured',
  // There is no way for a raw prompt.
  template: false,
  dialects: everyMode(dialect),
}
