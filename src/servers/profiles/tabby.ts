import { bearer, type Dialect } from '../../completions/dialect.ts'
import { parseCompletion } from '../../completions/parse.ts'
import { onePrompt, renamed, type Names } from './encoding.ts'
import { beside } from './paths.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/**
 * Tabby has a schema of its own at the same path (crates/tabby/src/services/completion.rs, 2026-06).
 * It cuts and frames the prompt itself, decides how long a completion is, and never streams.
 */
const dialect: Dialect = {
  url: (base) => beside(base, 'v1/completions'),
  authorization: bearer,
  encode: (request) => ({
    ...renamed(request, NAMES),
    segments: { prefix: onePrompt(request), ...renamed(request, { suffix: 'suffix' }) },
  }),
  decode(value) {
    const completion = parseCompletion(value)
    // It gives no reason. What comes is whole.
    const choices = completion.choices.map((each) => ({ ...each, finish_reason: 'stop' }))
    return { ...completion, choices }
  },
  framing: 'events',
}

const NAMES: Names = { temperature: 'temperature', seed: 'seed', user: 'user' }

export const tabby: ServerProfile = {
  id: 'tabby',
  title: 'Tabby',
  field: 'honoured',
  template: false,
  dialects: everyMode(dialect),
  models: null,
}
