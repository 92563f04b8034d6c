import { bearer, type Dialect } from '../../completions/dialect.ts'
import { parseCompletion } from '../../completions/parse.ts'
import { onePrompt, renameFields, type FieldNames } from './encoding.ts'
import { siblingOfV1 } from './paths.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/**
 * Tabby uses its own schema at the same path (crates/tabby/src/services/completion.rs, 2026-06). It
 * truncates the prompt, adds FIM tokens and limits the completion itself, and never streams.
 */
const dialect: Dialect = {
  url: (base) => siblingOfV1(base, 'v1/completions'),
  authorization: bearer,
  encode: (request) => ({
    ...renameFields(request, NAMES),
    segments: { prefix: onePrompt(request), ...renameFields(request, { suffix: 'suffix' }) },
  }),
  decode(value) {
    const completion = parseCompletion(value)
    // It sends no finish_reason. The response is always complete.
    const choices = completion.choices.map((each) => ({ ...each, finish_reason: 'stop' }))
    return { ...completion, choices }
  },
  framing: 'events',
}

const NAMES: FieldNames = { temperature: 'temperature', seed: 'seed', user: 'user' }

export const tabby: ServerProfile = {
  id: 'tabby',
  title: 'Tabby',
  field: 'honoured',
  template: false,
  dialects: everyMode(dialect),
  models: null,
}
