import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { Completion } from '../../completions/types.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** What of an error goes into a message, in characters */
const MAX_MESSAGE = 300

const dialect: Dialect = {
  ...completionsDialect,
  decode: (value) => withoutError(parseCompletion(value)),
}

/**
 * An error within a stream comes as the text of a last choice, and would go into the document
 * (openai/completion.go, 2026-08). A whole completion, which may well begin so, has usage.
 *
 * @throws CompletionError `server`
 */
function withoutError(completion: Completion): Completion {
  const [choice] = completion.choices
  const said = /^Internal error:(.*)/s.exec(choice?.text ?? '')?.[1]
  if (said === undefined || choice?.finish_reason !== 'stop' || completion.usage !== null) {
    return completion
  }
  const line = said.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_MESSAGE)
  throw new CompletionError('server', { id: 'reportedError', host: 'LocalAI', said: line })
}

/** Does not know the suffix and ignores it (core/schema/openai.go, 2026-08). */
export const localai: ServerProfile = {
  id: 'localai',
  title: 'LocalAI',
  field: 'never',
  template: true,
  dialects: everyMode(dialect),
}
