import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** With a completion template, a missing suffix becomes the word "None" in the prompt. */
const dialect: Dialect = {
  ...completionsDialect,
  encode: (request, stream) => completionsDialect.encode({ suffix: '', ...request }, stream),
}

/**
 * Uses the suffix if it was started with `--completion-template`, and ignores it otherwise
 * (srt/parser/code_completion_parser.py, 2026).
 */
export const sglang: ServerProfile = {
  id: 'sglang',
  title: 'SGLang',
  field: 'unknown',
  template: true,
  dialects: everyMode(dialect),
  maxStops: Number.POSITIVE_INFINITY,
}
