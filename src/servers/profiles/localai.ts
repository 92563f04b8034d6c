import { completionsDialect, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import { parseCompletion } from '../../completions/parse.ts'
import type { Completion } from '../../completions/types.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** Maximum length of an error in a message, in characters */
const MAX_MESSAGE = 300

const dialect: Dialect = {
  ...completionsDialect,
  decode: (value) => throwOnError(parseCompletion(value)),
}

/**
 * An error within a stream is sent as the text of the last choice, and would be inserted into the
 * document (openai/completion.go, 2026-08). A whole completion that begins like this has usage.
 *
 * @throws CompletionError `server`
 */
function throwOnError(completion: Completion): Completion {
  const [choice] = completion.choices
  const said = /^Internal error:(.*)/s.exec(choice?.text ?? '')?.[1]
  if (said === undefined || choice?.finish_reason !== 'stop' || completion.usage !== null) {
    return completion
  }
  const line = said.trim().replaceAll(/\s+/g, ' ').slice(0, MAX_MESSAGE)
  throw new CompletionError('server', { id: 'reportedError', host: 'LocalAI', said: line })
}

/** Ignores the suffix, like any unknown field (core/schema/openai.go, 2026-08). */
export const localai: ServerProfile = {
  id: 'localai',
  title: 'LocalAI',
  field: 'never',
  template: true,
  dialects: everyMode(dialect),
}
