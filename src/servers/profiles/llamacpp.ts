import { chatDialect } from '../chat.ts'
import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { logitBiasPairs } from './encoding.ts'
import { llamacppInfill } from './llamacppInfill.ts'
import { siblingOfV1 } from './paths.ts'
import type { ServerProfile } from '../profile.ts'

/** Without `/v1`, `/completions` is a different API of llama-server. */
const completions: Dialect = {
  ...completionsDialect,
  url: (base) => siblingOfV1(base, 'v1/completions'),
  encode: (request, stream) => ({
    ...completionsDialect.encode(request, stream),
    ...logitBiasPairs(request),
  }),
}

const chat: Dialect = {
  ...chatDialect,
  url: (base) => siblingOfV1(base, 'v1/chat/completions'),
}

/**
 * llama-server. Until 2025-11-16, `/v1/completions` refused `suffix`, `best_of` and `echo` with status
 * 500; since then it ignores them. `/infill` accepts prompt and suffix, and inserts the model's own FIM
 * tokens. (Source of 2026-08, recorded responses of 2025-02 and 2026-09.)
 */
export const llamacpp: ServerProfile = {
  id: 'llamacpp',
  title: 'llama.cpp',
  field: 'honoured',
  template: true,
  dialects: { field: llamacppInfill, template: completions, off: completions, chat },
  otherFiles: 'input_extra',
  unsupported: ['best_of', 'echo'],
  maxStops: Number.POSITIVE_INFINITY,
  models: (base) => siblingOfV1(base, 'v1/models'),
}
