import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { logitBiasPairs } from './encoding.ts'
import { llamacppInfill } from './llamacppInfill.ts'
import { beside } from './paths.ts'
import type { ServerProfile } from '../profile.ts'

/** Without `/v1`, `/completions` is another API of llama-server's. */
const completions: Dialect = {
  ...completionsDialect,
  url: (base) => beside(base, 'v1/completions'),
  encode: (request, stream) => ({
    ...completionsDialect.encode(request, stream),
    ...logitBiasPairs(request),
  }),
}

/**
 * llama-server. On `/v1/completions` it refused `suffix`, with a 500, up to 2025-11-16, and has
 * ignored it since; the same goes for `best_of` and `echo`. `/infill` takes prompt and suffix and
 * puts the model's own FIM tokens between them. (Source 2026-08, answers 2025-02 and 2026-09.)
 */
export const llamacpp: ServerProfile = {
  id: 'llamacpp',
  title: 'llama.cpp',
  field: 'honoured',
  template: true,
  dialects: { field: llamacppInfill, template: completions, off: completions },
  without: ['best_of', 'echo'],
  maxStops: Number.POSITIVE_INFINITY,
  models: (base) => beside(base, 'v1/models'),
}
