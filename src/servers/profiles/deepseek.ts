import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { replacing } from './paths.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

const VERSION = /\/(v1|beta)$/

/** Completions, with or without a suffix, are only at `/beta` (api-docs.deepseek.com). */
const dialect: Dialect = {
  ...completionsDialect,
  url: (base) => replacing(VERSION, base, 'beta/completions'),
}

export const deepseek: ServerProfile = {
  id: 'deepseek',
  title: 'DeepSeek',
  field: 'honoured',
  template: false,
  dialects: everyMode(dialect),
  maxStops: 16,
  models: (base) => replacing(VERSION, base, 'models'),
}
