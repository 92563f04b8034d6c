import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { stopList } from './encoding.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** `stop` must be a list (docs.together.ai). */
const dialect: Dialect = {
  ...completionsDialect,
  encode: (request, stream) => ({
    ...completionsDialect.encode(request, stream),
    ...stopList(request),
  }),
}

/** Does not support a suffix (together-python#109). Chunks have `text`, `delta`, or both. */
export const together: ServerProfile = {
  id: 'together',
  title: 'Together',
  field: 'never',
  template: true,
  dialects: everyMode(dialect),
}
