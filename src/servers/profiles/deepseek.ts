import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { replacePathEnd } from './paths.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

const VERSION = /\/(v1|beta)$/

/** Completions, with and without a suffix, are available at `/beta` only (api-docs.deepseek.com). */
const dialect: Dialect = {
  ...completionsDialect,
  url: (base) => replacePathEnd(base, VERSION, 'beta/completions'),
}

export const deepseek: ServerProfile = {
  id: 'deepseek',
  title: 'DeepSeek',
  field: 'honoured',
  template: false,
  dialects: everyMode(dialect),
  maxStops: 16,
  models: (base) => replacePathEnd(base, VERSION, 'models'),
}
