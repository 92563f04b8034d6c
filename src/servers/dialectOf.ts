import type { Dialect } from '../completions/dialect.ts'
import { chatDialect } from './chat.ts'
import type { ServerProfile, SuffixMode } from './profile.ts'

/** The dialect of a server for a mode; `undefined` for the completions API's own */
export function dialectOf(
  { dialects }: Pick<ServerProfile, 'dialects'>,
  mode: SuffixMode,
): Dialect | undefined {
  return dialects?.[mode] ?? (mode === 'chat' ? chatDialect : undefined)
}
